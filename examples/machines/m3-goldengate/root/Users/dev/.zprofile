eval "$(/opt/homebrew/bin/brew shellenv)"
export PATH="$HOME/sdk/go1.19.13/bin:$PATH"  # the old service
