package lazaret.vetting.deskapi.reasons;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The causes and frequencies of signals and signs, from `docs/signals.md` and `docs/takeover.md`.
/// Immutable.
final class SignalMeanings {
  private static final String TABLE = "meanings.tsv";

  private static final SignalMeanings ALL = read();

  private final Map<String, Meaning> meanings;

  private SignalMeanings(Map<String, Meaning> meanings) {
    this.meanings = Map.copyOf(meanings);
  }

  /// The meaning of a signal.
  ///
  /// @param cause the cause for which it is a signal, one or two sentences
  /// @param frequency the frequency in honest crates or releases, as far as it was measured
  record Meaning(String cause, String frequency) {}

  /// Returns the meanings of this program.
  static SignalMeanings all() {
    return ALL;
  }

  /// Returns the meaning of a code, or empty if there is none.
  Optional<Meaning> of(String code) {
    return Optional.ofNullable(meanings.get(code));
  }

  /// Returns all meanings by their code.
  Map<String, Meaning> byCode() {
    return meanings;
  }

  private static SignalMeanings read() {
    Map<String, Meaning> meanings = new HashMap<>();
    try (InputStream in =
        Objects.requireNonNull(SignalMeanings.class.getResourceAsStream(TABLE), TABLE)) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", -1))
          .forEach(cells -> meanings.put(cells[0], new Meaning(cells[1], cells[2])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SignalMeanings(meanings);
  }
}
