package lazaret.vetting.inspect;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.inspect.source.CapabilityUse;
import lazaret.vetting.inspect.source.SourceFacts;

/// Lines of examples that the documentation page hides and that run with the tests.
final class HiddenExamples {
  /// The capabilities that honest crates rarely use in a hidden line of an example.
  private static final List<Capability> TELLING =
      List.of(
          Capability.PROCESS,
          Capability.DOWNLOADER,
          Capability.CREDENTIAL_PATH,
          Capability.PERSISTENCE,
          Capability.ENV_ALL,
          Capability.CHMOD,
          Capability.DROP_HOST,
          Capability.CONFIG_WRITE,
          Capability.PROCESS_FILES,
          Capability.DECODED_USE,
          Capability.NATIVE_EXECUTION,
          Capability.DATA_AS_CODE,
          Capability.SECRET_SENT,
          Capability.RECEIVED_RUN,
          Capability.HIDDEN_TEXT);

  /// A line that only brings a name into scope.
  private static final Pattern IMPORT = Pattern.compile("\\s*use [^;]*;\\s*");

  private HiddenExamples() {}

  /// Returns the signals of one source. They are strong if its hidden lines do several things.
  ///
  /// @param shown the facts of the hidden lines
  static List<Signal> of(String path, SourceFacts.Shown shown) {
    if (shown.hits().isEmpty()) {
      return List.of();
    }
    boolean sends =
        shown.has(Capability.NETWORK)
            && (shown.has(Capability.FS_READ) || shown.has(Capability.ENV_READ));
    Stream<Capability> network = sends ? Stream.of(Capability.NETWORK) : Stream.empty();
    List<CapabilityUse> hits =
        Stream.concat(network, TELLING.stream())
            .flatMap(what -> shown.of(what).stream())
            .filter(hit -> !IMPORT.matcher(hit.excerpt()).matches())
            .toList();
    boolean several =
        sends
            || hits.stream().map(CapabilityUse::what).distinct().count() > 1
            || (shown.has(Capability.PROCESS) && shown.has(Capability.SHELL))
            || (shown.has(Capability.CREDENTIAL_PATH) && shown.has(Capability.FS_READ));
    return hits.stream()
        .map(hit -> new CodeFacts.Located(path, hit).as(SignalCode.DOC_TEST))
        .map(signal -> several ? signal.weighing(SignalWeight.HIGH) : signal)
        .toList();
  }
}
