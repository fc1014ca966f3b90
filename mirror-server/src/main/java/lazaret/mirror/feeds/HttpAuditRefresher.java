package lazaret.mirror.feeds;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.outbound.FeedClient;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.audits.AuditImportOrder;
import lazaret.vetting.desk.audits.AuditImportReport;
import lazaret.vetting.desk.audits.AuditRefresher;
import lazaret.vetting.desk.audits.AuditService;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.trace.Tracer;

/// The scheduled refresh of audits that come from an address: those in the configuration, and those
/// that a user imported from one. Stored audits are kept until better ones arrive. Thread-safe;
/// blocks.
public final class HttpAuditRefresher implements AuditRefresher, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpAuditRefresher.class.getName());

  private final AuditService audits;
  private final MirrorConfig.Audits plan;
  private final FeedClient client;
  private final ReentrantLock turn = new ReentrantLock();
  private final PeriodicTask rounds;

  /// Creates the refresh; nothing is fetched before [#start], [#now] or [#fetch].
  public HttpAuditRefresher(AuditService audits, MirrorConfig.Audits plan, FeedClient client) {
    this.audits = audits;
    this.plan = plan;
    this.client = client;
    this.rounds =
        new PeriodicTask(
            "audits",
            plan.interval(),
            () -> now(Notice.GATE).stream().allMatch(HttpAuditRefresher::isDone));
  }

  private static boolean isDone(Outcome outcome) {
    return !(outcome instanceof Outcome.Failed);
  }

  /// Starts refreshing in the background.
  ///
  /// @param tracer begins the span of each round
  /// @param leader chooses the node that refreshes
  public void start(Tracer tracer, Leader leader) {
    if (plan.online()) {
      rounds.start(() -> {}, tracer, leader);
    }
  }

  @Override
  public void close() {
    rounds.close();
  }

  @Override
  public List<Outcome> now(String by) {
    SortedMap<String, AuditService.Followed> all = new TreeMap<>();
    audits.followed().forEach(followed -> all.put(followed.peer(), followed));
    plan.imports().forEach((peer, address) -> all.put(peer, configured(peer, address, all)));
    List<Outcome> outcomes = new ArrayList<>();
    if (plan.online()) {
      all.values().forEach(followed -> outcomes.add(refresh(followed, by)));
    }
    return outcomes;
  }

  /// Returns the peer as configured. Validators are kept if the address is unchanged, so that only
  /// changes are fetched; otherwise everything is.
  private static AuditService.Followed configured(
      String peer, URI address, Map<String, AuditService.Followed> held) {
    AuditService.Followed before = held.get(peer);
    if (before == null) {
      return new AuditService.Followed(
          peer, address.toString(), AuditImportOrder.Mapping.PLAIN, Validators.NONE);
    }
    return before.source().equals(address.toString())
        ? before
        : new AuditService.Followed(peer, address.toString(), before.reading(), Validators.NONE);
  }

  private Outcome refresh(AuditService.Followed followed, String by) {
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
          "audits of {0} not refreshed, the stored ones stay in force: {1}",
          peer,
          why);
    }
    return outcome;
  }

  @Override
  public AuditImportReport fetch(AuditService.Followed order, boolean fewer, String by) {
    AuditImportOrder.requirePeer(order.peer());
    return switch (ask(order, fewer, by)) {
      case Outcome.Updated(AuditImportReport taken) -> taken;
      case Outcome.Unchanged _ ->
          throw new IllegalStateException(
              "expected a file, found 'not modified' without a stored one");
      case Outcome.Failed(_, String why) ->
          throw new MalformedException(
              "cannot fetch the audits from '%s': %s".formatted(order.source(), why));
    };
  }

  private Outcome ask(AuditService.Followed followed, boolean fewer, String by) {
    turn.lock();
    try {
      URI address = URI.create(followed.source());
      return switch (client.fetch(address, followed.validators())) {
        case FeedClient.Fetched.Failed(String why, _) -> new Outcome.Failed(followed.peer(), why);
        case FeedClient.Fetched.NotModified _ -> {
          audits.confirmed(followed.peer());
          yield new Outcome.Unchanged(followed.peer());
        }
        case FeedClient.Fetched.Received(Bytes file, Validators validators) ->
            new Outcome.Updated(audits.take(order(followed, file, validators, fewer), by));
      };
    } finally {
      turn.unlock();
    }
  }

  private static AuditImportOrder order(
      AuditService.Followed followed, Bytes file, Validators validators, boolean fewer) {
    return new AuditImportOrder(
        followed.peer(),
        followed.source(),
        new AuditImportOrder.Content.Peer(file),
        followed.reading(),
        validators,
        fewer);
  }
}
