eval "$(goenv init -)"
