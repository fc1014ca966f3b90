package lazaret.vetting.toml;

/// The result of reading a TOML document as a whole.
public sealed interface TomlReading permits TomlDocument, TomlOutcome.Malformed {}
