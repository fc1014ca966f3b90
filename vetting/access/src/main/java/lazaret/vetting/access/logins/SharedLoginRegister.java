package lazaret.vetting.access.logins;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import lazaret.vetting.Bytes;
import lazaret.vetting.access.StoredDocuments;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.retention.ClientNetwork;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.WriteScope;
import org.jspecify.annotations.Nullable;

/// The logins of nodes that share a store, in the store. The counters of starts, wrong codes and
/// early requests are those of one node. Thread-safe; blocks.
final class SharedLoginRegister implements LoginRegister {
  private static final String LOGIN = "login/";
  private static final String END = "end/";

  private final Store store;
  private final LoginLimits limits;
  private final RandomGenerator random;
  private final StoredDocuments<StoredLogin> logins;
  private final StoredDocuments<StoredLogin.End> ends;

  // All guarded by this.
  private final LoginCounters starts;
  private final LoginCounters wrongCodes;

  /// The logins whose commands asked this node, oldest first.
  private final SequencedMap<Sha256, PendingLogin> asked = new LinkedHashMap<>();

  SharedLoginRegister(Store store, LoginLimits limits, RandomGenerator random) {
    this.store = store;
    this.limits = limits;
    this.random = random;
    this.logins = new StoredDocuments<>(store, DeskTable.LOGINS, StoredLogin.class);
    this.ends = new StoredDocuments<>(store, DeskTable.LOGINS, StoredLogin.End.class);
    this.starts = new LoginCounters(limits.startsByAddress());
    this.wrongCodes = new LoginCounters(limits.wrongCodes());
  }

  private static String key(Sha256 deviceHash) {
    return LOGIN + deviceHash.hex();
  }

  private static String endKey(String person) {
    return END + Sha256.of(Bytes.utf8(person)).hex();
  }

  @Override
  public PendingLogin add(LoginOrder order, Sha256 deviceHash, Instant now) {
    String network = ClientNetwork.of(order.address());
    countStart(network, now);
    return store.serially(
        WriteScope.LOGINS,
        () -> {
          List<StoredLogin> open = open(now);
          long ofNetwork =
              open.stream()
                  .filter(each -> ClientNetwork.of(each.order().address()).equals(network))
                  .count();
          LoginRefusals.requireFew(Math.toIntExact(ofNetwork), open.size(), limits);
          var codes = new PendingLogin.Codes(freeCode(open), deviceHash);
          PendingLogin login = new PendingLogin(order, codes, now, limits);
          List<Write> writes = drops(now);
          writes.add(logins.put(key(deviceHash), StoredLogin.of(login)));
          var _ = store.commit(Batch.relaxed(writes));
          return login;
        });
  }

  private synchronized void countStart(String network, Instant now) {
    if (starts.isExhausted(network, now)) {
      throw LoginRefusals.starts(limits);
    }
    starts.count(network, now);
  }

  private List<StoredLogin> open(Instant now) {
    return logins.list(LOGIN).stream().filter(each -> !each.isOver(now, limits)).toList();
  }

  private UserCode freeCode(List<StoredLogin> open) {
    UserCode code = UserCode.random(random);
    while (isUsed(code, open)) {
      code = UserCode.random(random);
    }
    return code;
  }

  private static boolean isUsed(UserCode code, List<StoredLogin> open) {
    return open.stream().anyMatch(each -> each.code().equals(code.text()));
  }

  /// Returns the removals of logins that expired, and of ends that no login can precede any more.
  private List<Write> drops(Instant now) {
    List<Write> writes = new ArrayList<>();
    logins.list(LOGIN).stream()
        .filter(each -> each.isOver(now, limits))
        .forEach(each -> writes.add(logins.drop(key(each.device()))));
    ends.list(END).stream()
        .filter(each -> !now.isBefore(each.at().plus(limits.life()).plus(AFTER_END)))
        .forEach(each -> writes.add(ends.drop(endKey(each.person()))));
    return writes;
  }

  @Override
  public PendingLogin unanswered(UserCode code, String person, Instant now) {
    return find(code, person, now).pending(limits);
  }

  private StoredLogin find(UserCode code, String person, Instant now) {
    requireFewWrongCodes(person, now);
    Optional<StoredLogin> found =
        open(now).stream()
            .filter(each -> each.code().equals(code.text()) && !each.isAnswered())
            .findFirst();
    if (found.isEmpty()) {
      countWrongCode(person, now);
      throw LoginRefusals.unknown();
    }
    return found.get();
  }

  private synchronized void requireFewWrongCodes(String person, Instant now) {
    if (wrongCodes.isExhausted(person, now)) {
      throw LoginRefusals.wrongCodes(limits);
    }
  }

  private synchronized void countWrongCode(String person, Instant now) {
    wrongCodes.count(person, now);
  }

  @Override
  public void answer(UserCode code, String person, @Nullable LoginGrant grant, Instant now) {
    var _ =
        store.serially(
            WriteScope.LOGINS,
            () -> {
              StoredLogin login = find(code, person, now);
              if (grant != null && hasEnded(grant.owner(), now)) {
                throw LoginRefusals.ended();
              }
              return store.commit(
                  Batch.synced(List.of(logins.put(key(login.device()), login.answered(grant)))));
            });
  }

  private boolean hasEnded(String person, Instant now) {
    StoredLogin.End last = lastEnd(person);
    return last != null && now.isBefore(last.at().plus(AFTER_END));
  }

  private StoredLogin.@Nullable End lastEnd(String person) {
    return ends.find(endKey(person)).orElse(null);
  }

  /// A login that this request alone has.
  ///
  /// @param end the last end of the person's sessions before; null if there was none
  private record Taken(Polled state, StoredLogin.@Nullable End end) {}

  /// The token is made after the login was taken, since a scope is taken in no other one. If the
  /// approved logins of the person end in between, the one who ends them may not see the token yet
  /// when they revoke those of the person.
  @Override
  public <T> T poll(
      Sha256 deviceHash, Instant now, Function<Polled, T> reply, UnaryOperator<T> withdrawn) {
    Optional<StoredLogin> known = find(deviceHash, now);
    if (known.isPresent() && !known.get().isAnswered()) {
      return reply.apply(waiting(known.get(), now));
    }
    forget(deviceHash);
    if (known.isEmpty()) {
      return reply.apply(new Polled.Gone());
    }
    Taken taken = store.serially(WriteScope.LOGINS, () -> taken(deviceHash, now));
    T made = reply.apply(taken.state());
    return taken.state() instanceof Polled.Approved(_, LoginGrant grant)
            && !Objects.equals(lastEnd(grant.owner()), taken.end())
        ? withdrawn.apply(made)
        : made;
  }

  private Optional<StoredLogin> find(Sha256 deviceHash, Instant now) {
    return logins.find(key(deviceHash)).filter(each -> !each.isOver(now, limits));
  }

  private synchronized Polled waiting(StoredLogin login, Instant now) {
    PendingLogin known = asked.computeIfAbsent(login.device(), _ -> login.pending(limits));
    if (asked.size() > limits.open()) {
      var _ = asked.pollFirstEntry();
    }
    boolean early = known.isEarly(now);
    return new Polled.Waiting(early, known.interval().toSeconds());
  }

  private synchronized void forget(Sha256 deviceHash) {
    asked.remove(deviceHash);
  }

  private Taken taken(Sha256 deviceHash, Instant now) {
    Optional<StoredLogin> login = find(deviceHash, now);
    if (login.isEmpty()) {
      return new Taken(new Polled.Gone(), null);
    }
    LoginGrant grant = login.get().grant();
    Taken taken =
        grant == null
            ? new Taken(new Polled.Denied(), null)
            : new Taken(new Polled.Approved(login.get().order(), grant), lastEnd(grant.owner()));
    var _ = store.commit(Batch.synced(List.of(logins.drop(key(deviceHash)))));
    return taken;
  }

  @Override
  public void removeApproved(String person, Instant now) {
    var _ =
        store.serially(
            WriteScope.LOGINS,
            () -> {
              List<Write> writes = drops(now);
              open(now).stream()
                  .filter(each -> each.isApprovedBy(person))
                  .forEach(each -> writes.add(logins.drop(key(each.device()))));
              // Replaced: a batch has one write of a row.
              boolean _ = writes.remove(ends.drop(endKey(person)));
              writes.add(ends.put(endKey(person), new StoredLogin.End(person, now)));
              return store.commit(Batch.synced(writes));
            });
  }
}
