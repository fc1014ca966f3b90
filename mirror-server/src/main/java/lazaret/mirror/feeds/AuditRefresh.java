package lazaret.mirror.feeds;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import lazaret.mirror.upstream.FeedClient;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.AuditImport;
import lazaret.vetting.desk.AuditOrder;
import lazaret.vetting.desk.Audits;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Notice;

/// Keeps audits current that came from an address: those that the configuration names, and those
/// that somebody imported from one. What is held stays until something better has come.
/// Thread-safe; blocks.
public final class AuditRefresh implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AuditRefresh.class.getName());

  private final Audits audits;
  private final Plan plan;
  private final FeedClient client;
  private final ReentrantLock turn = new ReentrantLock();
  private final Rounds rounds;

  /// What is refreshed, and how often.
  ///
  /// @param imports addresses by nickname
  /// @param interval how often each is asked for
  /// @param online whether anything is asked at all
  public record Plan(Map<String, URI> imports, Duration interval, boolean online) {
    /// Nothing is asked.
    public static final Plan NONE = new Plan(Map.of(), Duration.ofDays(1), false);

    /// Copies the map.
    public Plan {
      imports = Map.copyOf(imports);
    }
  }

  /// Prepares to refresh; nothing is fetched before [#start], [#now] or [#fetch].
  public AuditRefresh(Audits audits, Plan plan, FeedClient client) {
    this.audits = audits;
    this.plan = plan;
    this.client = client;
    this.rounds =
        new Rounds(
            "audits",
            plan.interval(),
            () -> now(Notice.GATE).stream().allMatch(AuditRefresh::isDone));
  }

  /// What came of asking a peer.
  public sealed interface Outcome {
    /// What the peer says is in force.
    record Taken(AuditImport audits) implements Outcome {}

    /// It says what it said.
    record Unchanged(String peer) implements Outcome {}

    /// What is held stays.
    ///
    /// @param why in one clause
    record Failed(String peer, String why) implements Outcome {}
  }

  private static boolean isDone(Outcome outcome) {
    return !(outcome instanceof Outcome.Failed);
  }

  /// Begins to refresh in the background.
  public void start() {
    if (plan.online()) {
      rounds.start(() -> {});
    }
  }

  @Override
  public void close() {
    rounds.close();
  }

  /// Asks every peer with an address now.
  ///
  /// @param by who asks for it
  /// @return what became of each, by nickname; empty where nothing may be asked
  public List<Outcome> now(String by) {
    SortedMap<String, Audits.Followed> all = new TreeMap<>();
    audits.followed().forEach(followed -> all.put(followed.peer(), followed));
    plan.imports().forEach((peer, address) -> all.put(peer, configured(peer, address, all)));
    List<Outcome> outcomes = new ArrayList<>();
    if (plan.online()) {
      all.values().forEach(followed -> outcomes.add(refresh(followed, by)));
    }
    return outcomes;
  }

  /// What was held of the address is asked for changes; of another one it is asked for all.
  private static Audits.Followed configured(
      String peer, URI address, Map<String, Audits.Followed> held) {
    Audits.Followed before = held.get(peer);
    if (before == null) {
      return new Audits.Followed(
          peer, address.toString(), AuditOrder.Reading.PLAIN, Validators.NONE);
    }
    return before.source().equals(address.toString())
        ? before
        : new Audits.Followed(peer, address.toString(), before.reading(), Validators.NONE);
  }

  private Outcome refresh(Audits.Followed followed, String by) {
    Outcome outcome;
    try {
      outcome = ask(followed, false, by);
    } catch (LazaretException | IllegalArgumentException e) {
      outcome = new Outcome.Failed(followed.peer(), String.valueOf(e.getMessage()));
    }
    if (outcome instanceof Outcome.Failed(String peer, String why)) {
      audits.failed(peer, why);
      LOG.log(
          System.Logger.Level.WARNING,
          "the audits of {0} were not refreshed, what is held stays: {1}",
          peer,
          why);
    }
    return outcome;
  }

  /// Takes audits over from an address for the first time, or with another reading.
  ///
  /// @param order its validators are none
  /// @param fewer whether it is taken even where it says less than half of what it said before
  /// @throws MalformedException if it cannot be had, read or taken over
  public AuditImport fetch(Audits.Followed order, boolean fewer, String by) {
    AuditOrder.requirePeer(order.peer());
    return switch (ask(order, fewer, by)) {
      case Outcome.Taken(AuditImport taken) -> taken;
      case Outcome.Unchanged _ ->
          throw new IllegalStateException(
              "asked without validators, and told that nothing changed");
      case Outcome.Failed(_, String why) ->
          throw new MalformedException(
              "cannot fetch the audits from '%s': %s".formatted(order.source(), why));
    };
  }

  private Outcome ask(Audits.Followed followed, boolean fewer, String by) {
    turn.lock();
    try {
      URI address = URI.create(followed.source());
      return switch (client.fetch(address, followed.validators())) {
        case FeedClient.Fetched.Failed(String why) -> new Outcome.Failed(followed.peer(), why);
        case FeedClient.Fetched.NotModified _ -> {
          audits.confirmed(followed.peer());
          yield new Outcome.Unchanged(followed.peer());
        }
        case FeedClient.Fetched.Received(Bytes file, Validators validators) ->
            new Outcome.Taken(audits.take(order(followed, file, validators, fewer), by));
      };
    } finally {
      turn.unlock();
    }
  }

  private static AuditOrder order(
      Audits.Followed followed, Bytes file, Validators validators, boolean fewer) {
    return new AuditOrder(
        followed.peer(),
        followed.source(),
        new AuditOrder.Content.Peer(file),
        followed.reading(),
        validators,
        fewer);
  }
}
