package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.source.Capability.BYTE_ARRAY;
import static lazaret.vetting.inspect.source.Capability.CHMOD;
import static lazaret.vetting.inspect.source.Capability.CI_NAME;
import static lazaret.vetting.inspect.source.Capability.CREDENTIAL_PATH;
import static lazaret.vetting.inspect.source.Capability.DECODE;
import static lazaret.vetting.inspect.source.Capability.DOWNLOADER;
import static lazaret.vetting.inspect.source.Capability.DROP_HOST;
import static lazaret.vetting.inspect.source.Capability.ENV_ALL;
import static lazaret.vetting.inspect.source.Capability.FFI;
import static lazaret.vetting.inspect.source.Capability.FS_WRITE;
import static lazaret.vetting.inspect.source.Capability.GIT;
import static lazaret.vetting.inspect.source.Capability.GIT_CONTENT;
import static lazaret.vetting.inspect.source.Capability.HIDDEN_TEXT;
import static lazaret.vetting.inspect.source.Capability.IOC;
import static lazaret.vetting.inspect.source.Capability.IP_ADDRESS;
import static lazaret.vetting.inspect.source.Capability.KEY_PATTERN;
import static lazaret.vetting.inspect.source.Capability.NETWORK;
import static lazaret.vetting.inspect.source.Capability.PARENT_WALK;
import static lazaret.vetting.inspect.source.Capability.PERSISTENCE;
import static lazaret.vetting.inspect.source.Capability.PROCESS;
import static lazaret.vetting.inspect.source.Capability.SECRET_NAME;
import static lazaret.vetting.inspect.source.Capability.SHELL;
import static lazaret.vetting.inspect.source.Capability.TEMP_DIR;
import static lazaret.vetting.inspect.source.Capability.TLS_OFF;
import static lazaret.vetting.inspect.source.Capability.URL;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.inspect.CodeFacts.Located;
import lazaret.vetting.inspect.source.Capability;

/// Which capabilities together make a signal. Pairs of a capability and a threat, not single words:
/// a build script may start a compiler, and a library may open a socket.
final class SignalRules {
  private static final Pattern DECLARED = Pattern.compile("^(pub )?(unsafe |safe )?fn [^{]*$");

  private static final Pattern OTHER_CREDENTIALS =
      Pattern.compile(
          "\\.(ssh|aws|gnupg|kube|docker|netrc|npmrc|pypirc|git-cred|cargo|azure|solana|ethereum|"
              + "electrum|mozilla|config|vault)|/etc/|/proc/|id_|wallet|in pieces: ");

  private final Signals signals;

  SignalRules(Signals signals) {
    this.signals = signals;
  }

  void judge(Map<Place, CodeFacts> facts) {
    build(facts.getOrDefault(Place.BUILD, new CodeFacts()));
    macro(facts.getOrDefault(Place.MACRO, new CodeFacts()));
    runtime(facts.getOrDefault(Place.RUNTIME, new CodeFacts()));
    everywhere(facts);
  }

  private void build(CodeFacts code) {
    each(code, NETWORK, SignalCode.BUILD_NETWORK);
    each(code, TLS_OFF, SignalCode.BUILD_TLS_OFF);
    each(code, CHMOD, SignalCode.BUILD_CHMOD);
    each(code, CREDENTIAL_PATH, SignalCode.BUILD_CREDENTIALS);
    each(code, PERSISTENCE, SignalCode.BUILD_CREDENTIALS);
    each(code, SECRET_NAME, SignalCode.BUILD_CREDENTIALS);
    each(code, IP_ADDRESS, SignalCode.BUILD_ADDRESS);
    each(code, DROP_HOST, SignalCode.BUILD_ADDRESS);
    if (code.any(NETWORK, DOWNLOADER, DECODE)) {
      each(code, URL, SignalCode.BUILD_ADDRESS);
    }
    each(code, DECODE, SignalCode.BUILD_DECODE);
    each(code, BYTE_ARRAY, SignalCode.BUILD_BYTES);
    each(code, FFI, SignalCode.BUILD_NATIVE_CALL);
    each(code, ENV_ALL, SignalCode.BUILD_ENV_ALL);
    each(code, CI_NAME, SignalCode.BUILD_CI_PROBE);
    if (code.has(PROCESS)) {
      each(code, DOWNLOADER, SignalCode.BUILD_SHELL);
      each(code, SHELL, SignalCode.BUILD_SHELL);
      if (code.has(GIT) || code.of(GIT_CONTENT).stream().anyMatch(SignalRules::namesGit)) {
        each(code, GIT_CONTENT, SignalCode.BUILD_GIT);
      }
    }
    each(code, PARENT_WALK, SignalCode.BUILD_WALKS_UP);
  }

  private static boolean namesGit(Located place) {
    return place.hit().excerpt().contains("git ");
  }

  private void macro(CodeFacts code) {
    each(code, NETWORK, SignalCode.MACRO_NETWORK);
    for (Located found : code.of(CREDENTIAL_PATH)) {
      Signal signal = found.as(SignalCode.MACRO_CREDENTIALS);
      boolean settings = settingsOnly(found) && !code.any(NETWORK, PROCESS);
      signals.add(settings ? signal.asNote() : signal);
    }
    each(code, ENV_ALL, SignalCode.MACRO_CREDENTIALS);
    if (code.has(PROCESS)) {
      each(code, DOWNLOADER, SignalCode.MACRO_SHELL);
      each(code, SHELL, SignalCode.MACRO_SHELL);
      each(code, URL, SignalCode.MACRO_SHELL);
    }
  }

  /// Returns whether a place names the settings file of a project, and nothing else that could be
  /// told from its line.
  private static boolean settingsOnly(Located place) {
    String line = place.hit().excerpt();
    return line.contains(".env") && !OTHER_CREDENTIALS.matcher(line).find();
  }

  private static boolean asksWhetherCi(Located place) {
    return place.hit().excerpt().contains("TF_BUILD");
  }

  private void runtime(CodeFacts code) {
    if (code.has(NETWORK)) {
      Located network = code.first(NETWORK);
      pair(code, network, CREDENTIAL_PATH, SignalCode.NETWORK_AND_SECRETS);
      pair(code, network, SECRET_NAME, SignalCode.NETWORK_AND_SECRETS);
      pair(code, network, ENV_ALL, SignalCode.NETWORK_AND_ENVIRONMENT);
      if (code.has(PROCESS)) {
        pair(code, network, CHMOD, SignalCode.FETCH_AND_RUN);
        pair(code, network, TEMP_DIR, SignalCode.FETCH_AND_RUN);
        if (uses(code, NETWORK) && uses(code, PROCESS)) {
          pair(code, network, SHELL, SignalCode.FETCH_AND_RUN);
        }
      }
    }
    if (code.has(PROCESS)) {
      pair(code, code.first(PROCESS), DOWNLOADER, SignalCode.RUNS_DOWNLOADER);
    }
    if (code.any(PROCESS, NETWORK)) {
      Located with = code.first(PROCESS, NETWORK);
      // Helpers of tests ask for one, to update nothing there, and start cargo.
      boolean helper = !code.any(NETWORK, SHELL, DOWNLOADER);
      for (Located found : code.of(CI_NAME)) {
        Signal signal = found.with(SignalCode.CI_PROBE_AND_RUN, with);
        signals.add(helper && asksWhetherCi(found) ? signal.asNote() : signal);
      }
    }
    if (code.any(FS_WRITE, PROCESS, NETWORK)) {
      persistence(code);
    }
    each(code, KEY_PATTERN, SignalCode.KEY_PATTERN);
    each(code, DROP_HOST, SignalCode.DROP_ADDRESS);
  }

  /// Returns whether something is more than declared: bindings to a system name all of it.
  private static boolean uses(CodeFacts code, Capability what) {
    return code.of(what).stream()
        .anyMatch(place -> !DECLARED.matcher(place.hit().excerpt()).find());
  }

  /// What writes or runs things in the same source tells more than what does so anywhere.
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
      signals.add(near);
    }
  }

  private void everywhere(Map<Place, CodeFacts> facts) {
    facts.forEach(
        (place, code) -> {
          for (Located found : code.of(HIDDEN_TEXT)) {
            Signal signal = found.as(SignalCode.HIDDEN_TEXT);
            signals.add(place == Place.TEST ? signal.asNote() : signal);
          }
          for (Located found : code.of(IOC)) {
            signals.add(found.as(SignalCode.IOC_TEXT));
          }
        });
  }

  private void each(CodeFacts code, Capability what, SignalCode signal) {
    code.of(what).forEach(found -> signals.add(found.as(signal)));
  }

  private void pair(CodeFacts code, Located with, Capability what, SignalCode signal) {
    code.of(what).forEach(found -> signals.add(found.with(signal, with)));
  }
}
