autoload -Uz compinit && compinit
alias gs='git status'
