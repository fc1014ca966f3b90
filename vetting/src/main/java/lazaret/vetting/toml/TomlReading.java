package lazaret.vetting.toml;

/// What became of a document that was to be read as a whole.
public sealed interface TomlReading permits TomlDocument, TomlOutcome.Malformed {}
