package lazaret.vetting.inspect;

import java.util.List;
import lazaret.vetting.inspect.CodeFacts.Located;
import lazaret.vetting.inspect.purpose.Hosts;
import lazaret.vetting.inspect.purpose.StatedPurpose;
import lazaret.vetting.inspect.purpose.Subject;
import lazaret.vetting.inspect.source.Capability;
import org.jspecify.annotations.Nullable;

/// Compares what the code of a library or program can do with what the crate says of itself.
///
/// @param purpose what it says
/// @param signals receives the signals
record PurposeRule(StatedPurpose purpose, Signals signals) {
  /// Capabilities by which code names the host that it talks to.
  private static final List<Capability> HOSTS =
      List.of(
          Capability.FIXED_HOST,
          Capability.IP_ADDRESS,
          Capability.DROP_HOST,
          Capability.DECODE_LOOP,
          Capability.HIDDEN_TEXT);

  private static final List<Capability> SETUP =
      List.of(Capability.PERSISTENCE, Capability.CONFIG_WRITE, Capability.FOREIGN_WRITE);

  /// Adds a signal for each subject of which the crate says nothing.
  ///
  /// @param code what the code shows that runs in the programs of users; null where it shows
  ///   nothing
  void judge(@Nullable CodeFacts code) {
    if (code == null) {
      return;
    }
    if (code.has(Capability.NETWORK) && !code.purposes().local() && !code.purposes().pinned(purpose)) {
      HOSTS.stream()
          .filter(code::has)
          .findFirst()
          .ifPresent(host -> unstated(Subject.NETWORK, code.first(host)));
      hosts(code);
    }
    if (code.has(Capability.PROCESS)) {
      unstated(Subject.PROGRAMS, code.first(Capability.PROCESS));
    }
    if (code.has(Capability.ENV_ALL)) {
      unstated(Subject.ENVIRONMENT, code.first(Capability.ENV_ALL));
    }
    SETUP.stream()
        .filter(code::has)
        .findFirst()
        .ifPresent(what -> unstated(Subject.SETUP, code.first(what)));
  }

  private void hosts(CodeFacts code) {
    for (Capability kind : List.of(Capability.FIXED_HOST, Capability.IP_ADDRESS)) {
      for (Located where : code.of(kind)) {
        String host = Hosts.in(where.hit().excerpt()).orElse(null);
        boolean callers =
            Purposes.callersPart(where.hit().excerpt()) || code.purposes().ownService();
        if (host != null && !callers && !purpose.namesHost(host)) {
          String says =
              "host %s, which the crate does not name: %s".formatted(host, where.hit().excerpt());
          signals.add(
              Signal.of(SignalCode.UNSTATED_CAPABILITY, where.path(), where.hit().line(), says));
          return;
        }
      }
    }
  }

  private void unstated(Subject subject, Located where) {
    if (!purpose.names(subject)) {
      String says =
          "%s, of which the crate says nothing: %s"
              .formatted(subject.words(), where.hit().excerpt());
      signals.add(
          Signal.of(SignalCode.UNSTATED_CAPABILITY, where.path(), where.hit().line(), says));
    }
  }
}
