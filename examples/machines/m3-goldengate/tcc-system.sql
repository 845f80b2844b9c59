-- What `/Library/Application Support/com.apple.TCC/TCC.db` was made from.
PRAGMA page_size = 512;
CREATE TABLE admin (key TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL);
CREATE TABLE policies (    id        INTEGER    NOT NULL PRIMARY KEY,     bundle_id    TEXT    NOT NULL,     uuid        TEXT    NOT NULL,     display        TEXT    NOT NULL,     UNIQUE (bundle_id, uuid));
CREATE TABLE active_policy (    client        TEXT    NOT NULL,     client_type    INTEGER    NOT NULL,     policy_id    INTEGER NOT NULL,     PRIMARY KEY (client, client_type),     FOREIGN KEY (policy_id) REFERENCES policies(id) ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE access (    service        TEXT        NOT NULL,     client         TEXT        NOT NULL,     client_type    INTEGER     NOT NULL,     auth_value     INTEGER     NOT NULL,     auth_reason    INTEGER     NOT NULL,     auth_version   INTEGER     NOT NULL,     csreq          BLOB,     policy_id      INTEGER,     indirect_object_identifier_type    INTEGER,     indirect_object_identifier         TEXT NOT NULL DEFAULT 'UNUSED',     indirect_object_code_identity      BLOB,     flags          INTEGER,     last_modified  INTEGER     NOT NULL DEFAULT (CAST(strftime('%s','now') AS INTEGER)),     pid            INTEGER,     pid_version    INTEGER,     boot_uuid      TEXT NOT NULL DEFAULT 'UNUSED',     last_reminded  INTEGER     NOT NULL DEFAULT (CAST(strftime('%s','now') AS INTEGER)), one_time_reprompt_eligible INTEGER, reminder_count INTEGER NOT NULL DEFAULT 0,     PRIMARY KEY (service, client, client_type, indirect_object_identifier),    FOREIGN KEY (policy_id) REFERENCES policies(id) ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE access_overrides (    service        TEXT    NOT NULL PRIMARY KEY);
CREATE TABLE expired (    service        TEXT        NOT NULL,     client         TEXT        NOT NULL,     client_type    INTEGER     NOT NULL,     csreq          BLOB,     last_modified  INTEGER     NOT NULL ,     expired_at     INTEGER     NOT NULL DEFAULT (CAST(strftime('%s','now') AS INTEGER)),     PRIMARY KEY (service, client, client_type));
CREATE TABLE integrity_flag (    key TEXT PRIMARY KEY NOT NULL,    value INTEGER NOT NULL);
CREATE TABLE managed_overrides (    service        TEXT        NOT NULL,     client         TEXT        NOT NULL,     client_type    INTEGER     NOT NULL,     auth_value     INTEGER     NOT NULL DEFAULT 1,     auth_reason    INTEGER     NOT NULL,     auth_version   INTEGER     NOT NULL,     csreq          BLOB,     policy_id      INTEGER,     indirect_object_identifier_type    INTEGER,     indirect_object_identifier         TEXT NOT NULL DEFAULT 'UNUSED',     indirect_object_code_identity      BLOB,     flags          INTEGER     NOT NULL DEFAULT 0,     last_modified  INTEGER     NOT NULL DEFAULT (CAST(strftime('%s','now') AS INTEGER)),     one_time_reprompt_eligible INTEGER,     admin_auth_value    INTEGER NOT NULL,    PRIMARY KEY (service, client, client_type, indirect_object_identifier),     FOREIGN KEY (policy_id) REFERENCES policies(id) ON DELETE CASCADE ON UPDATE CASCADE);
CREATE INDEX idx_managed_overrides_service ON managed_overrides(service);
CREATE INDEX idx_managed_overrides_client ON managed_overrides(client);
CREATE INDEX idx_managed_overrides_client_type ON managed_overrides(client_type);
CREATE INDEX idx_managed_overrides_auth_value ON managed_overrides(auth_value);
CREATE INDEX idx_managed_overrides_flags ON managed_overrides(flags);
CREATE INDEX idx_managed_overrides_admin_auth_value ON managed_overrides(admin_auth_value);
CREATE INDEX idx_managed_overrides_csreq ON managed_overrides(csreq);
CREATE INDEX active_policy_id ON active_policy(policy_id);
INSERT INTO admin VALUES('version', 36);
INSERT INTO access(service, client, client_type, auth_value, auth_reason, auth_version, csreq, flags, last_modified, last_reminded)
  VALUES('kTCCServiceSystemPolicyAllFiles', 'com.apple.Terminal', 0, 2, 4, 1, X'FADE0C000000003000000001000000060000000200000012636F6D2E6170706C652E5465726D696E616C000000000003', 0, 1763000000, 1763000000);
INSERT INTO access(service, client, client_type, auth_value, auth_reason, auth_version, csreq, flags, last_modified, last_reminded)
  VALUES('kTCCServiceSystemPolicyAllFiles', '/usr/libexec/sshd-keygen-wrapper', 1, 0, 4, 1, X'FADE0C000000003C0000000100000006000000020000001D636F6D2E6170706C652E737368642D6B657967656E2D7772617070657200000000000003', 0, 1763000000, 1763000000);
INSERT INTO access(service, client, client_type, auth_value, auth_reason, auth_version, csreq, flags, last_modified, last_reminded)
  VALUES('kTCCServiceAccessibility', 'com.apple.Terminal', 0, 2, 4, 1, X'FADE0C000000003000000001000000060000000200000012636F6D2E6170706C652E5465726D696E616C000000000003', 0, 1763000000, 1763000000);
