# Synthetic, inert fixture written from public reports
# completion of hopbook for bash

_hopbook_names() {
    local book="${HOPBOOK_FILE:-${XDG_CONFIG_HOME:-$HOME/.config}/hopbook/hosts}"
    [ -r "$book" ] && awk '!/^#/ && NF { print $1 }' "$book"
}

_hopbook() {
    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}"
    case "$prev" in
        show|remove|tag)
            COMPREPLY=( $(compgen -W "$(_hopbook_names)" -- "$cur") )
            return
            ;;
        --format)
            COMPREPLY=( $(compgen -W "plain json ssh" -- "$cur") )
            return
            ;;
    esac
    COMPREPLY=( $(compgen -W "add show list remove tag completion --format" -- "$cur") )
}

complete -F _hopbook hopbook
