"""Extended attributes of the files that an apply changes: attributes.py set|show FOLDER."""
import os
import sys

for folder, _, names in sorted(os.walk(sys.argv[2])):
    for name in sorted(names):
        path = os.path.join(folder, name)
        if os.path.islink(path) or not (name.startswith(".z") or name == "env"):
            continue
        if sys.argv[1] == "set":
            try:
                os.setxattr(path, "user.note", name.encode())
            except OSError as error:
                print(path, os.strerror(error.errno))  # a file system without them
        else:
            print(path, {key: os.getxattr(path, key) for key in sorted(os.listxattr(path))})
