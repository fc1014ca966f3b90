package lazaret.mirror.config;

import java.util.List;
import java.util.stream.Collectors;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;

/// The failure to read a configuration, with all of its mistakes at once.
public final class ConfigException extends LazaretException {
  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  /// Creates an exception.
  ///
  /// @param mistakes at least one
  public ConfigException(List<Mistake> mistakes) {
    super(
        ErrorCode.CONFIG_INVALID,
        mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")),
        null);
    this.mistakes = List.copyOf(mistakes);
  }

  /// Returns the mistakes in the order of their sources.
  public List<Mistake> mistakes() {
    return mistakes;
  }
}
