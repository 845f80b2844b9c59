#!/bin/sh
# Starts PROGRAM; before, in a home below SCRATCH, a Mac's folders become those of Linux by other names.
if [ -d "$HOME" ] && [ ! -e "$HOME/Library" ]; then
  case $HOME in
    SCRATCH/*)
      library=$HOME/Library
      mkdir -p "$library/Application Support" "$library/Caches" "$HOME/.config/gopol" "$HOME/.cache" \
        "$HOME/.local/state" "$HOME/.config/go"
      ln -s ../../.config/gopol "$library/Application Support/gopol"
      ln -s ../../.cache/gopol "$library/Caches/gopol"
      ln -s ../../.config/go "$library/Application Support/go"
      ln -s ../../.local/state/gopol "$HOME/.config/gopol/state"
      ;;
  esac
fi
exec PROGRAM "$@"
