fn main() {
    for line in [
        "\x1b]52;c;TEFaQVJFVC1DQU5BUlk=\x07",
        "\x1b[2J\x1b[H",
        "\x1b]0;LAZARET-TITLE\x1b\\",
        "::add-path::/tmp/planted",
        "::set-output name=x::y",
        "##[add-path]/tmp/planted",
        "##vso[task.setvariable variable=x]y",
        "honest\rLAZARET-OVERWRITTEN",
        "\u{202e}LAZARET-REVERSED",
    ] {
        println!("cargo:warning={line}");
        println!("{line}");
        eprintln!("{line}");
    }
}
