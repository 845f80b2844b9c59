eval "$(/opt/homebrew/bin/brew shellenv)"
# the firmware tools need the old one
eval "$(/usr/local/bin/brew shellenv)"
