# The article on Go and macOS: releases of macOS, chips and Rosetta 2.
. "$SOURCE/tests/scenarios/article.sh"

row "2.3 macOS x Go matrix, cgo"
policy <<'P'
enforce old { when os.family == macos and os.version >= 15  go.toolchain "default" { version = 1.22.2 } }
enforce new { when os.family == macos and os.version < 13   go.toolchain "default" { version = 1.27.0 } }
P
run check a.policy
on m4-tahoe-managed
run plan a.policy --machine mac
facts xcode.clt.clang xcode.clt.newest_sdk

row "2.4 chips M1-M3"
policy <<'P'
warn m1 { when cpu.brand == "Apple M1" and cpu.cores >= 8  os.rosetta absent }
P
for mac in m1-ventura-clt m2-sequoia-mixed-brew m3-sonoma m4-tahoe-managed intel-sequoia; do
  on "$mac"
  facts cpu.brand cpu.cores
  "$GOPOL" plan a.policy --machine mac | head -n 1
done

row "2.5 Rosetta detection"
on m2-sequoia-mixed-brew
sed -i 's/^"sysctl.proc_translated" = 0/"sysctl.proc_translated" = 1/' mac/machine.toml
facts cpu.arch cpu.translated os.rosetta.exists brew.install.translated 'go.toolchain["/usr/local/Cellar/go/1.21.6/libexec"].arch'
policy <<'P'
sealed warn no_rosetta { os.rosetta absent }
P
run plan a.policy --machine mac
