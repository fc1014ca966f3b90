package lazaret.vetting.inspect.source;

import java.util.BitSet;
import java.util.List;
import lazaret.vetting.inspect.behavior.Behavior;
import lazaret.vetting.inspect.behavior.BehaviorScan;
import lazaret.vetting.inspect.literal.AhoCorasick;
import lazaret.vetting.inspect.reach.ValueLinks;
import lazaret.vetting.inspect.rust.RustTokens;

/// The data flow analysis of one source, run only if its result could matter. Not thread-safe.
final class BehaviorCollector {
  private final RustTokens tokens;
  private final BitSet commands = new BitSet();
  private final BitSet reads = new BitSet();
  private final BitSet writes = new BitSet();
  private final BitSet networks = new BitSet();
  private final BitSet clients = new BitSet();
  private final BitSet tests = new BitSet();
  private final BitSet marked = new BitSet();
  private boolean wanted;
  private boolean reaches;
  private ValueLinks links = ValueLinks.NONE;

  /// The number of tokens up to which a source without sources and sinks is analyzed. It may pass
  /// values on.
  private static final int MAX_BETWEEN = 4_096;

  /// The number of tokens up to which a source that only computes is searched for weak checks and
  /// keys.
  private static final int MAX_GUARD = 1 << 15;

  private static final AhoCorasick GUARDS =
      new AhoCorasick(
          List.of(
              ("verif passw auth token secret session cookie signature credential keypair"
                      + " private_key privatekey seed nonce mnemonic entropy constant_time ct_eq admin"
                      + " is_valid licens _key check_ recipient payment iban beneficiary amount payout"
                      + " dust txout utxo satoshi lamports bcc: .bcc( <script closest distance similar")
                  .split(" ", -1)));

  /// The parts of a source.
  enum Region {
    /// Code outside of tests.
    CODE,
    /// Tests under `#[cfg(test)]`.
    TEST,
    /// Tests by an attribute that could belong to another crate.
    MARKED
  }

  /// A capability at a token.
  ///
  /// @param note a description of the occurrence, or the empty text for its line
  record Seen(Capability what, int token, String note) {}

  /// A receiver of the findings of the analysis.
  @FunctionalInterface
  interface Receiver {
    /// Receives one finding.
    void seen(Region region, Seen seen);
  }

  BehaviorCollector(RustTokens tokens) {
    this.tokens = tokens;
  }

  /// Sets whether a dependency of the crate reaches the network.
  void reaches(boolean network) {
    reaches = network;
  }

  /// Records the region of tokens.
  void passed(int from, int to, Region region) {
    switch (region) {
      case CODE -> {}
      case TEST -> tests.set(from, to);
      case MARKED -> marked.set(from, to);
    }
  }

  /// Records a capability at a token.
  void met(Capability what, int token) {
    switch (what) {
      case PROCESS -> {
        commands.set(token);
        wanted = true;
      }
      case FS_WRITE -> {
        writes.set(token);
        wanted = true;
      }
      case FS_READ -> {
        reads.set(token);
        wanted = true;
      }
      case NETWORK_CLIENT -> clients.set(token);
      case NETWORK -> {
        networks.set(token);
        wanted = true;
      }
      case LINKS,
          CHMOD,
          GIT,
          TLS_OFF,
          DECODE,
          ENV_ALL,
          HOME_DIR,
          CREDENTIAL_PATH,
          SECRET_NAME,
          ENV_READ ->
          wanted = true;
      default -> {}
    }
  }

  /// Analyzes the data flows.
  ///
  /// @param always whether to analyze them in any case
  /// @return whether the analysis was complete
  boolean follow(boolean always, Receiver receiver) {
    boolean small = reaches && tokens.size() < MAX_BETWEEN;
    BehaviorScan.Receiver found =
        (what, token, note) ->
            receiver.seen(region(token), new Seen(capability(what), token, note));
    if (!wanted && !always && !small && !tokens.holdsAny(Vocabulary.FOLLOWED)) {
      return !guards() || BehaviorScan.guards(tokens, tests, found);
    }
    BehaviorScan.Outcome outcome =
        BehaviorScan.scan(
            tokens,
            new BehaviorScan.Locations(
                commands,
                reads,
                writes,
                networks,
                clients,
                always ? new BitSet() : tests,
                always ? new BitSet() : all(),
                reaches),
            found);
    links = outcome.links();
    return outcome.whole();
  }

  private BitSet all() {
    var all = new BitSet();
    all.or(tests);
    all.or(marked);
    return all;
  }

  /// Returns whether a source of usual size has words for access checks or for making keys.
  private boolean guards() {
    if (tokens.size() > MAX_GUARD) {
      return false;
    }
    int end = tokens.size() == 0 ? 0 : tokens.end(tokens.size() - 1);
    return GUARDS.isIn(tokens.source(), 0, end);
  }

  /// Returns the data flows; none before the analysis.
  ValueLinks links() {
    return links;
  }

  private Region region(int token) {
    return marked.get(token) ? Region.MARKED : tests.get(token) ? Region.TEST : Region.CODE;
  }

  private static Capability capability(Behavior behavior) {
    return switch (behavior) {
      case DERIVED_COMMAND -> Capability.DERIVED_COMMAND;
      case UNUSUAL_COMMAND -> Capability.UNUSUAL_COMMAND;
      case SCRIPT_FILE -> Capability.SCRIPT_FILE;
      case LINKER_PROGRAM -> Capability.LINKER_PROGRAM;
      case CONFIG_WRITE -> Capability.CONFIG_WRITE;
      case TOOL_CONFIG -> Capability.TOOL_CONFIG;
      case FOREIGN_WRITE -> Capability.FOREIGN_WRITE;
      case PROCESS_FILES -> Capability.PROCESS_FILES;
      case DECODE_LOOP -> Capability.DECODE_LOOP;
      case DECODED_USE -> Capability.DECODED_USE;
      case DATA_AS_CODE -> Capability.DATA_AS_CODE;
      case PARSED_DATA -> Capability.PARSED_DATA;
      case TEST_DATA -> Capability.TEST_DATA;
      case NATIVE_EXECUTION -> Capability.NATIVE_EXECUTION;
      case CONSTRUCTOR -> Capability.CONSTRUCTOR;
      case SYMBOL_OVERRIDE -> Capability.SYMBOL_OVERRIDE;
      case SECRET_SENT -> Capability.SECRET_SENT;
      case MACHINE_SENT -> Capability.MACHINE_SENT;
      case RECEIVED_RUN -> Capability.RECEIVED_RUN;
      case EXECUTABLE_MEMORY -> Capability.EXECUTABLE_MEMORY;
      case OTHER_PROCESS -> Capability.OTHER_PROCESS;
      case DESTRUCTION -> Capability.DESTRUCTION;
      case CLIPBOARD_SWAP -> Capability.CLIPBOARD_SWAP;
      case FIXED_DATE -> Capability.FIXED_DATE;
      case FIXED_RECIPIENT -> Capability.FIXED_RECIPIENT;
      case WEAK_CHECK -> Capability.WEAK_CHECK;
      case EMITTED_CODE -> Capability.EMITTED_CODE;
      case CALLERS_SERVICE -> Capability.CALLERS_SERVICE;
      case FIXED_HOST -> Capability.FIXED_HOST;
      case VERIFIED_DOWNLOAD -> Capability.VERIFIED_DOWNLOAD;
      case PINNED_DOWNLOAD -> Capability.PINNED_DOWNLOAD;
      case CALLERS_WORD -> Capability.CALLERS_WORD;
      case RUNNER_ANSWER -> Capability.RUNNER_ANSWER;
      case GIT_QUERY -> Capability.GIT_QUERY;
      case PLAIN_TOOLS -> Capability.PLAIN_TOOLS;
      case RELAY -> Capability.RELAY;
      case LIBRARY_LOAD -> Capability.LIBRARY_LOAD;
      case PLANTED_START -> Capability.PLANTED_START;
      case SCRIPT_TEXT -> Capability.SCRIPT_TEXT;
    };
  }
}
