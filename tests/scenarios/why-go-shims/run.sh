# Which go runs in a folder where a version manager's shims come first, told to people and to programs; what gopol cannot know.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
cp -R "$SOURCE/examples/machines/m3-sonoma" mac
chmod -R u+w mac
home=mac/root/Users/dev
mkdir -p $home/shop/api
printf 'module example.com/shop\n\ngo 1.23.1\n\ntoolchain go1.23.4 // the one CI has\n' >$home/shop/go.mod
mkdir -p "$home/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.23.4.darwin-arm64/bin"
: >"$home/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.23.4.darwin-arm64/bin/go"
echo 'GOTOOLCHAIN=local' >>"$home/Library/Application Support/go/env"
echo "# a version manager's shims first"
mkdir -p $home/.asdf/shims $home/.asdf/installs/golang/1.23.6/go/bin
printf '#!/usr/bin/env bash\nexec asdf exec "go" "$@"\n' >$home/.asdf/shims/go
chmod 755 $home/.asdf/shims/go
cp $home/../../opt/homebrew/Cellar/go/1.22.4/libexec/bin/go $home/.asdf/installs/golang/1.23.6/go/bin/go
printf 'go1.23.6\n' >$home/.asdf/installs/golang/1.23.6/go/VERSION
printf '\nexport PATH="$HOME/.asdf/shims:$PATH"\n' >>$home/.zprofile
printf 'nodejs 20.1.0\ngolang 1.23.6\n' >$home/shop/.tool-versions
run why go shop/api --machine mac
run why go --machine mac
run why go shop/api --machine mac --json
echo "# what gopol cannot know"
printf 'eval "$(corp-path)"\n' >>$home/.zprofile
run why go shop --machine mac
echo "# mistakes"
run why go nowhere --machine mac
run why go shop api --machine mac
run why go.env.GOPROXY --json
