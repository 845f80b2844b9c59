eval "$(/opt/homebrew/bin/brew shellenv)"
export PATH="$HOME/sdk/go1.24.1/bin:$PATH"
