package lazaret.vetting.inspect;

import static java.util.Map.entry;
import static lazaret.vetting.inspect.source.Capability.CHMOD;
import static lazaret.vetting.inspect.source.Capability.CI_NAME;
import static lazaret.vetting.inspect.source.Capability.CLIPBOARD_SWAP;
import static lazaret.vetting.inspect.source.Capability.CONSTRUCTOR;
import static lazaret.vetting.inspect.source.Capability.CREDENTIAL_PATH;
import static lazaret.vetting.inspect.source.Capability.DATA_AS_CODE;
import static lazaret.vetting.inspect.source.Capability.DECODED_USE;
import static lazaret.vetting.inspect.source.Capability.DESTRUCTION;
import static lazaret.vetting.inspect.source.Capability.DOWNLOADER;
import static lazaret.vetting.inspect.source.Capability.DROP_HOST;
import static lazaret.vetting.inspect.source.Capability.EMITTED_CODE;
import static lazaret.vetting.inspect.source.Capability.ENV_ALL;
import static lazaret.vetting.inspect.source.Capability.ENV_READ;
import static lazaret.vetting.inspect.source.Capability.EXECUTABLE_MEMORY;
import static lazaret.vetting.inspect.source.Capability.FIXED_DATE;
import static lazaret.vetting.inspect.source.Capability.FIXED_RECIPIENT;
import static lazaret.vetting.inspect.source.Capability.FS_READ;
import static lazaret.vetting.inspect.source.Capability.FS_WRITE;
import static lazaret.vetting.inspect.source.Capability.HIDDEN_TEXT;
import static lazaret.vetting.inspect.source.Capability.HOME_DIR;
import static lazaret.vetting.inspect.source.Capability.KEY_PATTERN;
import static lazaret.vetting.inspect.source.Capability.LIBRARY_LOAD;
import static lazaret.vetting.inspect.source.Capability.MACHINE_SENT;
import static lazaret.vetting.inspect.source.Capability.NATIVE_EXECUTION;
import static lazaret.vetting.inspect.source.Capability.NETWORK;
import static lazaret.vetting.inspect.source.Capability.OTHER_PROCESS;
import static lazaret.vetting.inspect.source.Capability.PINNED_DOWNLOAD;
import static lazaret.vetting.inspect.source.Capability.PROCESS;
import static lazaret.vetting.inspect.source.Capability.PROCESS_FILES;
import static lazaret.vetting.inspect.source.Capability.RECEIVED_RUN;
import static lazaret.vetting.inspect.source.Capability.RELAY;
import static lazaret.vetting.inspect.source.Capability.SCRIPT_TEXT;
import static lazaret.vetting.inspect.source.Capability.SECRET_NAME;
import static lazaret.vetting.inspect.source.Capability.SECRET_SENT;
import static lazaret.vetting.inspect.source.Capability.SHELL;
import static lazaret.vetting.inspect.source.Capability.SYMBOL_OVERRIDE;
import static lazaret.vetting.inspect.source.Capability.TEMP_DIR;
import static lazaret.vetting.inspect.source.Capability.URL;
import static lazaret.vetting.inspect.source.Capability.VERIFIED_DOWNLOAD;
import static lazaret.vetting.inspect.source.Capability.WEAK_CHECK;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.CodeFacts.Located;
import lazaret.vetting.inspect.purpose.StatedPurpose;
import lazaret.vetting.inspect.source.Capability;

/// The rules for combinations of capabilities in code that runs in the programs of users.
final class RuntimeRules {
  /// Names of secrets that a client of one service uses for itself.
  private static final Pattern OWN =
      Pattern.compile(
          "(?i)api_key|access_token|password=|secret_key|private_key|docker_auth|github_token"
              + "|gitlab_token|\\.?_?netrc|known_hosts|\\.docker/config|\\.kube/config"
              + "|config/gcloud|\\.azure|private key-----|\\.env\\b");

  private static final Pattern FOREIGN =
      Pattern.compile(
          "(?i)\\.ssh|id_rsa|id_ed|\\.aws|aws_|wallet|\\.npmrc|npm_token|pypirc|git-cred|cargo|gnupg"
              + "|/etc/|_history|login|key4|mnemonic|seed|keychain|solana|ethereum|electrum|pieces");

  /// The number of names from which a source is a table of services, such as those for colored
  /// output.
  private static final int TABLE = 4;

  private static final Map<Capability, SignalCode> ALONE =
      Map.ofEntries(
          entry(SYMBOL_OVERRIDE, SignalCode.SYMBOL_OVERRIDE),
          entry(DECODED_USE, SignalCode.DECODED_USE),
          entry(DATA_AS_CODE, SignalCode.DATA_AS_CODE),
          entry(RELAY, SignalCode.RELAY),
          entry(SCRIPT_TEXT, SignalCode.RUNS_DOWNLOADER),
          entry(EXECUTABLE_MEMORY, SignalCode.EXECUTABLE_MEMORY),
          entry(DESTRUCTION, SignalCode.DESTRUCTION),
          entry(CLIPBOARD_SWAP, SignalCode.CLIPBOARD_SWAP),
          entry(EMITTED_CODE, SignalCode.EMITTED_CODE));

  /// The capabilities with which a function that runs before `main` does more than register.
  private static final List<Capability> REACHES =
      List.of(
          PROCESS,
          NETWORK,
          FS_WRITE,
          FS_READ,
          ENV_ALL,
          ENV_READ,
          CREDENTIAL_PATH,
          SECRET_NAME,
          NATIVE_EXECUTION,
          DECODED_USE,
          HIDDEN_TEXT,
          CHMOD,
          TEMP_DIR,
          HOME_DIR);

  /// The capabilities that such a function may reach through other sources.
  private static final List<Capability> FAR =
      List.of(
          PROCESS, NETWORK, FS_WRITE, CHMOD, CREDENTIAL_PATH, SECRET_NAME, ENV_ALL, DECODED_USE);

  /// The capabilities with which a date is more than an expiry.
  private static final List<Capability> DATED =
      List.of(PROCESS, NETWORK, FS_WRITE, NATIVE_EXECUTION, HIDDEN_TEXT, DECODED_USE, MACHINE_SENT);

  /// The number of kinds of stores that no honest client reads together.
  private static final int MANY = 3;

  /// The beginning of the note on a payment to a fixed recipient that tests with small amounts do
  /// not reach.
  private static final String SECOND_PAYMENT = "a second payment";

  /// Notes on constants that pass a check, and on keys that can be enumerated.
  private static final Pattern BYPASS =
      Pattern.compile("a constant lets in|a key from a small space");

  private static final Pattern DECLARES = Pattern.compile("^(?:pub )?(?:unsafe )?fn ");
  private static final Pattern AUTHORIZES =
      Pattern.compile("(?i)authorization|bearer|\"[a-z-]*(?:-auth|-token|-api-key)\"");

  private final SignalCollector signals;
  private final StatedPurpose page;

  /// @param page the stated purpose of the crate
  RuntimeRules(SignalCollector signals, StatedPurpose page) {
    this.signals = signals;
    this.page = page;
  }

  void detect(CodeFacts code) {
    network(code);
    programs(code);
    new PersistenceRules(signals).detect(code);
    new EnumMap<>(ALONE)
        .forEach(
            (what, signal) -> {
              for (Located found : code.of(what)) {
                boolean data = what == DECODED_USE || what == DATA_AS_CODE;
                boolean checked =
                    data && code.near(found, VERIFIED_DOWNLOAD) && !code.purposes().ownHosts();
                signals.add(checked ? found.as(signal).asNote() : found.as(signal));
              }
            });
    for (Located found : code.of(FIXED_RECIPIENT)) {
      boolean second = found.hit().excerpt().startsWith(SECOND_PAYMENT);
      weigh(found.as(SignalCode.FIXED_RECIPIENT), second);
    }
    for (Located found : code.of(WEAK_CHECK)) {
      weigh(found.as(SignalCode.WEAK_CHECK), BYPASS.matcher(found.hit().excerpt()).lookingAt());
    }
    processes(code);
    for (Located found : code.of(CONSTRUCTOR)) {
      REACHES.stream()
          .flatMap(what -> code.of(what).stream())
          .filter(other -> other.path().equals(found.path()))
          .findFirst()
          .ifPresentOrElse(
              other -> signals.add(found.with(SignalCode.CONSTRUCTOR, other)),
              () -> far(code, found));
    }
    for (Located found : code.of(KEY_PATTERN)) {
      Signal signal = found.as(SignalCode.KEY_PATTERN);
      if (code.purposes().keeps(found)) {
        signals.add(signal.asNote());
      } else {
        weigh(signal, code.any(NETWORK, CLIPBOARD_SWAP));
      }
    }
    for (Located found : code.of(DROP_HOST)) {
      boolean takes =
          code.near(found, FS_READ) || code.near(found, MACHINE_SENT) || code.near(found, ENV_ALL);
      Signal signal = found.as(SignalCode.DROP_ADDRESS);
      if (code.purposes().callersChat(found) || code.purposes().looksFor(page)) {
        signals.add(signal.asNote());
      } else {
        weigh(signal, code.has(NETWORK) && takes);
      }
    }
    for (Located found : code.of(FIXED_DATE)) {
      boolean acts = DATED.stream().anyMatch(what -> code.near(found, what));
      weigh(found.as(SignalCode.FIXED_DATE), acts);
    }
  }

  /// Adds a signal for a function that runs before `main` and may call code of another source.
  private void far(CodeFacts code, Located found) {
    FAR.stream()
        .filter(what -> code.uses(what))
        .findFirst()
        .map(what -> found.with(SignalCode.CONSTRUCTOR, code.first(what)))
        .ifPresent(signal -> signals.add(signal.weighing(SignalWeight.REVIEW)));
  }

  private void network(CodeFacts code) {
    boolean sends = code.any(NETWORK, PROCESS);
    for (Located found : code.of(SECRET_SENT)) {
      Signal signal = found.as(SignalCode.SECRET_SENT);
      if (code.purposes().presents(found) || ServiceCredentials.keeps(code, found)) {
        signals.add(signal.asNote());
      } else {
        signals.add(sends ? signal : signal.weighing(SignalWeight.REVIEW));
      }
    }
    for (Located found : code.of(RECEIVED_RUN)) {
      Signal signal = found.as(SignalCode.RECEIVED_RUN);
      if (code.near(found, VERIFIED_DOWNLOAD)) {
        signals.add(verified(code, found, signal));
      } else if (code.purposes().runsTasks(found) || pinned(code, found)) {
        signals.add(signal.asNote());
      } else {
        signals.add(code.has(NETWORK) ? signal : signal.weighing(SignalWeight.REVIEW));
      }
    }
    if (!code.any(NETWORK, URL)) {
      return;
    }
    for (Located found : code.of(MACHINE_SENT)) {
      Signal signal = found.as(SignalCode.MACHINE_SENT);
      boolean authorizes = AUTHORIZES.matcher(found.hit().excerpt()).find();
      boolean callers =
          !code.namesHost() || code.purposes().ownService() || ServiceCredentials.all(code);
      boolean own =
          (authorizes && callers) || code.purposes().onlyMetadata() || code.purposes().local();
      signals.add(own ? signal.asNote() : signal);
    }
    if (code.has(NETWORK)) {
      loads(code, code.first(NETWORK));
      besides(code, code.first(NETWORK));
    }
  }

  /// Returns the signal of a verified download: a note if digest or signing key are the caller's.
  /// If the digest is optional and the sources contain the address, the weight is review.
  private static Signal verified(CodeFacts code, Located found, Signal signal) {
    boolean callers = code.purposes().checked(found) || !code.purposes().ownHosts();
    return callers ? signal.asNote() : signal.weighing(SignalWeight.REVIEW);
  }

  private boolean pinned(CodeFacts code, Located found) {
    return code.near(found, PINNED_DOWNLOAD) && code.purposes().pinned(page);
  }

  private void besides(CodeFacts code, Located network) {
    boolean many = code.stores() >= MANY && code.any(FS_READ, FS_WRITE);
    for (Located found : code.of(CREDENTIAL_PATH)) {
      boolean near = code.near(found, NETWORK) && code.near(found, FS_READ);
      Signal signal = found.with(SignalCode.NETWORK_AND_SECRETS, network);
      if (many) {
        signals.add(signal.weighing(SignalWeight.HIGH));
      } else if (code.callers(found) || ServiceCredentials.is(code, found)) {
        signals.add(signal.asNote());
      } else {
        secrets(signal, found, near);
      }
    }
    for (Located found : code.of(SECRET_NAME)) {
      long names = code.of(SECRET_NAME).stream().filter(o -> o.path().equals(found.path())).count();
      boolean near = code.near(found, NETWORK) && code.near(found, ENV_READ);
      Signal signal = found.with(SignalCode.NETWORK_AND_SECRETS, network);
      boolean own =
          code.callers(found) || code.purposes().ownService() || ServiceCredentials.is(code, found);
      if (!many && own) {
        signals.add(signal.asNote());
      } else {
        secrets(signal, found, near && names > 1);
      }
    }
    pair(code, network, ENV_ALL, SignalCode.NETWORK_AND_ENVIRONMENT);
    fetched(code, network);
  }

  /// Adds signals for programs that are made, written or started by code that also fetches.
  private void fetched(CodeFacts code, Located network) {
    if (code.has(PROCESS) && !code.purposes().local()) {
      for (Located found : code.of(CHMOD)) {
        if (!code.purposes().makesPrograms(found)) {
          continue;
        }
        if (pinned(code, found) || code.purposes().checkedElsewhere(found)) {
          signals.add(found.with(SignalCode.FETCH_AND_RUN, network).asNote());
          continue;
        }
        boolean near = code.near(found, NETWORK) && code.near(found, PROCESS);
        Signal signal = found.with(SignalCode.FETCH_AND_RUN, network);
        if (code.near(found, VERIFIED_DOWNLOAD)) {
          signals.add(verified(code, found, signal));
        } else {
          weigh(signal, near);
        }
      }
      for (Located found : code.of(TEMP_DIR)) {
        Signal signal = found.with(SignalCode.FETCH_AND_RUN, network);
        boolean near = code.near(found, NETWORK) && code.near(found, PROCESS);
        boolean written = code.near(found, FS_WRITE);
        if (written && code.near(found, VERIFIED_DOWNLOAD)) {
          signals.add(verified(code, found, signal));
        } else {
          signals.add(near && !written ? signal.asNote() : signal);
        }
      }
      if (code.uses(NETWORK) && code.uses(PROCESS)) {
        for (Located found : code.of(SHELL)) {
          boolean near = code.near(found, NETWORK) && code.near(found, PROCESS);
          Signal signal = found.with(SignalCode.FETCH_AND_RUN, network);
          if (code.purposes().callersShell(found)) {
            signals.add(signal.asNote());
          } else {
            weigh(signal, near);
          }
        }
      }
    }
  }

  /// Adds signals for libraries that are loaded by code that also fetches and writes files.
  private void loads(CodeFacts code, Located network) {
    boolean brings = code.uses(NETWORK) && code.has(FS_WRITE) && code.namesHost();
    for (Located found : brings ? code.of(LIBRARY_LOAD) : List.<Located>of()) {
      Signal signal = found.with(SignalCode.FETCH_AND_RUN, network);
      if (code.near(found, VERIFIED_DOWNLOAD)) {
        signals.add(verified(code, found, signal));
      } else {
        weigh(signal, !DECLARES.matcher(found.hit().excerpt()).find());
      }
    }
  }

  /// Adds a signal for secrets, as a note if clients of one service read or name their own. Sending
  /// them elsewhere is found by the value.
  private void secrets(Signal signal, Located found, boolean strong) {
    boolean own = OWN.matcher(found.hit().excerpt()).find();
    boolean other = FOREIGN.matcher(found.hit().excerpt()).find();
    if (own && !other && !strong) {
      signals.add(signal.asNote());
    } else {
      weigh(signal, strong && !(own && !other));
    }
  }

  private void programs(CodeFacts code) {
    if (code.has(PROCESS)) {
      pair(code, code.first(PROCESS), DOWNLOADER, SignalCode.RUNS_DOWNLOADER);
    }
    if (code.any(PROCESS, NETWORK)) {
      Located with = code.first(PROCESS, NETWORK);
      // Helpers of tests ask for one to avoid updates there, and start cargo.
      boolean helper = !code.any(NETWORK, SHELL, DOWNLOADER);
      for (Located found : code.of(CI_NAME)) {
        Signal signal = found.with(SignalCode.CI_PROBE_AND_RUN, with);
        boolean asks = found.hit().excerpt().contains("TF_BUILD");
        long names = code.of(CI_NAME).stream().filter(o -> o.path().equals(found.path())).count();
        boolean table =
            names >= TABLE && !code.near(found, SHELL) && !code.near(found, SECRET_NAME);
        boolean answers = code.purposes().queriesRunner(found) || code.purposes().startsOnly(found);
        if (table
            || (helper && asks)
            || answers
            || code.purposes().ownService()
            || ServiceCredentials.reports(code)) {
          signals.add(signal.asNote());
        } else {
          weigh(signal, code.near(found, NETWORK) || code.near(found, SHELL));
        }
      }
    }
  }

  private void processes(CodeFacts code) {
    for (Located found : code.of(PROCESS_FILES)) {
      String path = found.hit().excerpt();
      if (path.contains("/environ") || path.contains("/mem")) {
        boolean other = !path.contains("/proc/self") && !path.contains("/proc/thread-self");
        weigh(found.as(SignalCode.PROCESS_FILES), other || code.has(NETWORK));
      }
    }
    for (Located found : code.of(OTHER_PROCESS)) {
      weigh(found.as(SignalCode.OTHER_PROCESS), code.near(found, NETWORK));
    }
  }

  /// Adds a signal, with the weight high if there is more evidence.
  private void weigh(Signal signal, boolean strong) {
    signals.add(strong ? signal.weighing(SignalWeight.HIGH) : signal);
  }

  private void pair(CodeFacts code, Located with, Capability what, SignalCode signal) {
    code.of(what).forEach(found -> signals.add(found.with(signal, with)));
  }
}
