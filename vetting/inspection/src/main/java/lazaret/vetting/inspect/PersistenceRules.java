package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.source.Capability.CALLERS_SERVICE;
import static lazaret.vetting.inspect.source.Capability.CALLERS_WORD;
import static lazaret.vetting.inspect.source.Capability.CONFIG_WRITE;
import static lazaret.vetting.inspect.source.Capability.CONSTRUCTOR;
import static lazaret.vetting.inspect.source.Capability.DECODED_USE;
import static lazaret.vetting.inspect.source.Capability.DOWNLOADER;
import static lazaret.vetting.inspect.source.Capability.FFI;
import static lazaret.vetting.inspect.source.Capability.FS_WRITE;
import static lazaret.vetting.inspect.source.Capability.NATIVE_EXECUTION;
import static lazaret.vetting.inspect.source.Capability.NETWORK;
import static lazaret.vetting.inspect.source.Capability.PERSISTENCE;
import static lazaret.vetting.inspect.source.Capability.PLANTED_START;
import static lazaret.vetting.inspect.source.Capability.PROCESS;
import static lazaret.vetting.inspect.source.Capability.URL;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.inspect.CodeFacts.Located;

/// The rules for programs of users that write to places from which files are started later.
final class PersistenceRules {
  private static final Pattern PROFILE =
      Pattern.compile(
          "\\.(?:bashrc|zshrc|bash_profile|profile|zprofile|zshenv|config/fish|vscode/|zed/|idea/)");

  private static final Pattern STARTUP =
      Pattern.compile(
          "(?i)authorized_keys|cron|preload|systemd|launch|autostart|currentversion|schtasks");

  /// The beginning of the note on a hook whose text the caller gives.
  private static final String CALLERS_TEXT = "writes for the caller";

  private final SignalCollector signals;

  PersistenceRules(SignalCollector signals) {
    this.signals = signals;
  }

  void detect(CodeFacts code) {
    for (Located found : code.of(CONFIG_WRITE)) {
      Signal signal = found.as(SignalCode.CONFIG_WRITE);
      boolean harmless = settings(code, found) || asked(code, found);
      service(code, found, harmless ? signal.asNote() : signal);
    }
    for (Located found : code.of(PLANTED_START)) {
      Signal signal = found.as(SignalCode.PERSISTENCE);
      boolean itself =
          found.hit().excerpt().endsWith("'current_exe'") && !code.any(NETWORK, PROCESS);
      boolean init = found.hit().excerpt().contains("eval \"$(") && asks(code, found);
      if (init || asked(code, found)) {
        signals.add(signal.asNote());
      } else {
        signals.add(itself ? signal.weighing(SignalWeight.REVIEW) : signal);
      }
    }
    if (code.any(FS_WRITE, PROCESS, NETWORK)) {
      persistence(code);
    }
  }

  /// Returns whether the code writes settings of an editor that start nothing, or a hook whose text
  /// the caller gives.
  private static boolean settings(CodeFacts code, Located found) {
    String path = found.hit().excerpt();
    boolean editor = path.contains(".vscode/settings") || path.contains(".idea/");
    boolean starts = code.near(found, PLANTED_START) || code.any(NETWORK, DECODED_USE, CONSTRUCTOR);
    return (editor || path.startsWith(CALLERS_TEXT)) && !starts;
  }

  /// Adds a signal, as a note if the caller names the service that the library installs.
  private void service(CodeFacts code, Located found, Signal signal) {
    signals.add(code.near(found, CALLERS_SERVICE) ? signal.asNote() : signal);
  }

  /// Adds signals for persistence, which weigh more if the same source writes or runs files.
  private void persistence(CodeFacts code) {
    Located far = code.first(FS_WRITE, PROCESS, NETWORK);
    for (Located found : code.of(PERSISTENCE)) {
      Signal near =
          Stream.of(FS_WRITE, PROCESS, NETWORK)
              .flatMap(how -> code.of(how).stream())
              .filter(how -> how.path().equals(found.path()))
              .findFirst()
              .map(how -> found.with(SignalCode.PERSISTENCE, how))
              .orElseGet(
                  () -> found.with(SignalCode.PERSISTENCE, far).weighing(SignalWeight.REVIEW));
      service(code, found, asked(code, found) ? near.asNote() : near);
    }
  }

  /// Returns whether a profile of a shell is written only at the request of the caller. The sources
  /// neither fetch nor start programs.
  private static boolean asked(CodeFacts code, Located found) {
    String excerpt = found.hit().excerpt();
    return asks(code, found) && PROFILE.matcher(excerpt).find() && !STARTUP.matcher(excerpt).find();
  }

  private static boolean asks(CodeFacts code, Located found) {
    return code.near(found, CALLERS_WORD)
        && !code.any(NETWORK, PROCESS, DOWNLOADER, URL, NATIVE_EXECUTION, CONSTRUCTOR, FFI)
        && !code.namesHost();
  }
}
