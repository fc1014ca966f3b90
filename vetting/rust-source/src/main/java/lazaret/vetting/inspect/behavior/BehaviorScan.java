package lazaret.vetting.inspect.behavior;

import java.util.BitSet;
import lazaret.vetting.inspect.code.Arithmetic;
import lazaret.vetting.inspect.code.PatternPrefilter.Need;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.reach.ValueLinks;
import lazaret.vetting.inspect.rust.RustTokens;

/// The search for the behavior of one source. Used once.
public final class BehaviorScan {
  private final SourceTokens code;
  private final ValueFlow values;
  private final BitSet decoding;
  private final Receiver receiver;

  /// The tokens at which paths to functions and types of the system begin, under any name.
  ///
  /// @param commands the paths that start programs
  /// @param reads the paths that read files
  /// @param writes the paths that write files
  /// @param networks the paths that reach the network
  /// @param clients clients and connections under imported names
  /// @param tests the tokens of tests, which do not affect the other code
  /// @param marked the tokens of tests, including those by an attribute that may belong to another
  ///   crate
  /// @param reaches whether a dependency of the crate reaches the network
  public record Locations(
      BitSet commands,
      BitSet reads,
      BitSet writes,
      BitSet networks,
      BitSet clients,
      BitSet tests,
      BitSet marked,
      boolean reaches) {}

  /// The results of a scan of one source, apart from its findings.
  ///
  /// @param whole whether the scan was complete
  /// @param links the data flows
  public record Outcome(boolean whole, ValueLinks links) {}

  /// A receiver of findings.
  @FunctionalInterface
  public interface Receiver {
    /// Receives one behavior.
    ///
    /// @param token the token at which it occurs
    /// @param note a description of the occurrence; empty for its line
    void found(Behavior what, int token, String note);
  }

  /// Searches a source that only computes for weak checks and keys.
  ///
  /// @param tests the tokens of tests
  /// @return whether the search was complete
  public static boolean guards(RustTokens tokens, BitSet tests, Receiver receiver) {
    var code = new SourceTokens(tokens);
    keys(code, tests, receiver);
    return code.whole();
  }

  private BehaviorScan(RustTokens tokens, Locations places, Receiver receiver) {
    this.code = new SourceTokens(tokens);
    this.receiver = receiver;
    decoding = new Arithmetic(code).find();
    values = new ValueFlow(code, decoding, places);
  }

  /// Scans a source.
  ///
  /// @param places the tokens of paths to the system
  /// @param receiver receives the findings
  public static Outcome scan(RustTokens tokens, Locations places, Receiver receiver) {
    return new BehaviorScan(tokens, places, receiver).run(places);
  }

  /// Checks the access checks and the key generation of sources that name either.
  private static void keys(SourceTokens code, BitSet tests, Receiver receiver) {
    new TextBackdoors(code, receiver).find(tests);
    if (guarded(code, tests)) {
      var signatures = new FunctionSignatures(code, tests);
      new GuardRules(code, receiver).find(signatures, tests);
      new RandomRules(code, receiver).find(signatures);
      new RecipientRules(code, receiver, tests).find();
    }
  }

  /// Returns whether a name of a check, a key or a payment occurs outside of tests.
  private static boolean guarded(SourceTokens code, BitSet tests) {
    boolean[] named = new boolean[code.identifiers()];
    boolean any = false;
    for (int number = 1; number < named.length; number++) {
      named[number] = Need.GUARD.in(code.identifierNeeds(number));
      any |= named[number];
    }
    for (int i = tests.nextClearBit(0); any && i < code.size(); i = tests.nextClearBit(i + 1)) {
      if (code.is(i, named)) {
        return true;
      }
    }
    return false;
  }

  private Outcome run(Locations places) {
    var sinks = new SinkCalls(code, values, places);
    decoding.stream().forEach(at -> receiver.found(Behavior.DECODE_LOOP, at, ""));
    new CommandRules(code, values, receiver).find(places.commands());
    new WriteRules(code, values, receiver).find(places.writes(), places.commands());
    new TextRules(code, values, receiver).find();
    boolean opens =
        !places.commands().isEmpty() || !places.writes().isEmpty() || !places.networks().isEmpty();
    new NativeRules(code, values, receiver, opens).find();
    new MemoryRules(code, values, receiver).find(places.tests());
    new SabotageRules(code, values, receiver).find(places);
    new AutostartFiles(code, values, receiver).find(places);
    new FlowRules(code, values, sinks, receiver).find(places);
    new DamageRules(code, values, receiver).find(places);
    new ClipboardSwap(code, values, receiver).find(places);
    new ConstantRules(code, values, receiver).find(places.tests());
    keys(code, places.tests(), receiver);
    new MacroRules(code, receiver).find(places);
    new GitRules(code, receiver).find();
    new OptInProfiles(code, values, receiver).find(places);
    new CiVariables(code, values, receiver).find(places);
    new VerifiedDownload(code, values, receiver).find(places);
    ValueLinks links = ValueLinkScan.find(code, values, places, sinks);
    return new Outcome(code.whole(), links);
  }
}
