package lazaret.vetting.inspect.behavior;

import java.util.BitSet;
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
  /// @param tests tokens of tests, which bind nothing in the code beside them
  /// @param reaches whether the crate depends on what reaches the network
  public record Places(
      BitSet commands,
      BitSet reads,
      BitSet writes,
      BitSet networks,
      BitSet tests,
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
    new FlowRules(code, values, sinks, receiver).find(places);
    new DamageRules(code, values, receiver).find(places);
    new ConstantRules(code, values, receiver).find(places.tests());
    new MacroRules(code, receiver).find(places);
    new GitRules(code, receiver).find();
    new CallersWord(code, values, receiver).find(places);
    new RunnerAnswers(code, values, receiver).find(places);
    new VerifiedDownload(code, values, receiver).find(places);
    Links links = new LinkScan(code, values, places, sinks).find();
    return new Outcome(code.whole(), links);
  }
}
