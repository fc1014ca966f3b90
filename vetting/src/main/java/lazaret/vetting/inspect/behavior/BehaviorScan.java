package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.BitSet;
import lazaret.vetting.inspect.behavior.Prefilter.Need;
import lazaret.vetting.inspect.reach.Links;
import lazaret.vetting.inspect.rust.RustTokens;

/// Finds the behavior of one source. Used once.
public final class BehaviorScan {
  private final Code code;
  private final Values values;
  private final BitSet decoding;
  private final Receiver receiver;

  /// Tokens at which paths begin that name functions and types of the system, under any name.
  ///
  /// @param commands of what starts programs
  /// @param reads of what reads files
  /// @param writes of what writes files
  /// @param networks of what reaches the network
  /// @param clients of clients and connections under names that were imported
  /// @param tests tokens of tests, which bind nothing in the code beside them
  /// @param marked tokens of tests, those by a mark that another crate could have made among them
  /// @param reaches whether the crate depends on what reaches the network
  public record Places(
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
  /// @param whole whether all of it was looked at
  /// @param links the ways of its values
  public record Outcome(boolean whole, Links links) {}

  /// Takes what is found.
  @FunctionalInterface
  public interface Receiver {
    /// Takes one behavior.
    ///
    /// @param token where it is seen
    /// @param note what was made of the place; empty for its line
    void found(Behavior what, int token, String note);
  }

  /// Looks through a source that does nothing but compute, for checks and keys that are weak.
  ///
  /// @param tests tokens of tests
  /// @return whether all of it was looked at
  public static boolean guards(RustTokens tokens, BitSet tests, Receiver receiver) {
    var code = new Code(tokens);
    keys(code, tests, receiver);
    return code.whole();
  }

  private BehaviorScan(RustTokens tokens, Places places, Receiver receiver) {
    this.code = new Code(tokens);
    this.receiver = receiver;
    decoding = new Arithmetic(code).find();
    values = new Values(code, new Texts(code), decoding, places);
  }

  /// Looks through a source.
  ///
  /// @param places what is known of its paths
  /// @param receiver takes what is found
  public static Outcome scan(RustTokens tokens, Places places, Receiver receiver) {
    return new BehaviorScan(tokens, places, receiver).run(places);
  }

  /// Looks at what guards and at what makes keys, in sources that name either.
  private static void keys(Code code, BitSet tests, Receiver receiver) {
    new TextDoors(code, receiver).find(tests);
    int[] named = code.at(word -> Need.GUARD.in(Prefilter.of(word)));
    if (Arrays.stream(named).anyMatch(i -> !tests.get(i))) {
      var signatures = new Signatures(code, tests);
      new GuardRules(code, receiver).find(signatures, tests);
      new RandomRules(code, receiver).find(signatures);
      new RecipientRules(code, receiver, tests).find(new Bodies(code, tests), tests);
    }
  }

  private Outcome run(Places places) {
    values.settle();
    var sinks = new Sinks(code, values, places);
    decoding.stream().forEach(at -> receiver.found(Behavior.DECODE_LOOP, at, ""));
    new CommandRules(code, values, receiver).find(places.commands());
    new WriteRules(code, values, receiver).find(places.writes(), places.commands());
    new TextRules(code, values.texts(), receiver).find();
    boolean opens =
        !places.commands().isEmpty() || !places.writes().isEmpty() || !places.networks().isEmpty();
    new NativeRules(code, values, receiver, opens).find();
    new MemoryRules(code, values, receiver).find(places.tests());
    new SabotageRules(code, values, receiver).find(places);
    new PlantedFiles(code, values, receiver).find(places);
    new FlowRules(code, values, sinks, receiver).find(places);
    new DamageRules(code, values, receiver).find(places);
    new ClipboardSwap(code, values, receiver).find(places);
    new ConstantRules(code, values, receiver).find(places.tests());
    keys(code, places.tests(), receiver);
    new MacroRules(code, receiver).find(places);
    new GitRules(code, receiver).find();
    new CallersWord(code, values, receiver).find(places);
    new RunnerAnswers(code, values, receiver).find(places);
    new VerifiedDownload(code, values, receiver).find(places);
    Links links = new LinkScan(code, values, places, sinks).find();
    return new Outcome(code.whole(), links);
  }
}
