package lazaret.vetting.inspect;

import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The comparison of one file with the indicators, piece by piece. Not thread-safe.
final class IndicatorScan {
  private final IndicatorSet indicators;
  private final SignalCollector signals;
  private final String path;
  private final Sha256.@Nullable Hasher hasher;
  private final IndicatorSet.@Nullable Search search;

  IndicatorScan(IndicatorSet indicators, SignalCollector signals, String path) {
    this.indicators = indicators;
    this.signals = signals;
    this.path = path;
    this.hasher = indicators.hasDigests() ? new Sha256.Hasher() : null;
    this.search = indicators.hasTexts() ? indicators.search() : null;
  }

  /// Returns whether the check needs the file to its end.
  boolean wantsAll() {
    return hasher != null || search != null;
  }

  void piece(byte[] bytes, int length) {
    piece(bytes, 0, length);
  }

  void piece(byte[] bytes, int from, int to) {
    if (hasher != null) {
      hasher.update(bytes, from, to - from);
    }
    if (search != null) {
      search.piece(bytes, from, to);
    }
  }

  /// Reports the indicators that were found.
  ///
  /// @param reported whether the texts in the file have been reported with their lines already
  void finish(boolean reported) {
    if (hasher != null) {
      Sha256 digest = hasher.finish();
      if (indicators.names(digest)) {
        signals.add(Signal.of(SignalCode.IOC_DIGEST, path, 0, "sha256 " + digest.hex()));
      }
    }
    if (search != null && !reported) {
      search.found().forEach(text -> signals.add(Signal.of(SignalCode.IOC_TEXT, path, 0, text)));
    }
  }
}
