package lazaret.mirror.config;

import java.util.List;
import java.util.stream.Collectors;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;

/// The failure to read a configuration, with all of its mistakes at once.
public final class ConfigException extends LazaretException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigMistake> mistakes;

  /// Creates an exception.
  ///
  /// @param mistakes at least one
  public ConfigException(List<ConfigMistake> mistakes) {
    super(
        ErrorCode.CONFIG_INVALID,
        mistakes.stream().map(ConfigMistake::toString).collect(Collectors.joining("\n")),
        null);
    this.mistakes = List.copyOf(mistakes);
  }

  /// Returns the mistakes in the order of their sources.
  public List<ConfigMistake> mistakes() {
    return mistakes;
  }
}
