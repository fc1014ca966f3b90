package lazaret.vetting.hosting.owners;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.access.StoredDocuments;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.hosting.record.HostedName;
import lazaret.vetting.hosting.record.PublicationRows;
import lazaret.vetting.ledger.Notice;

/// The owners of private crates. A crate gets its first owners with its first version; each change
/// is recorded in the ledger. Thread-safe; blocks.
public final class OwnerService {
  private static final WriteScope SCOPE = new WriteScope("crate-owners");

  private final Store store;
  private final Clock clock;
  private final OwnerLookup people;
  private final StoredDocuments<CrateOwners> rows;

  /// Creates the service.
  public OwnerService(Store store, Clock clock, OwnerLookup people) {
    this.store = store;
    this.clock = clock;
    this.people = people;
    this.rows = new StoredDocuments<>(store, DeskTable.OWNERS, CrateOwners.class);
  }

  /// Returns the owners of a crate, or empty if no version of it was published here, or their row
  /// was lost.
  public Optional<CrateOwners> find(CrateName name) {
    return rows.find(name.collisionKey());
  }

  /// Returns the owners of all crates, by collision key.
  public List<CrateOwners> list() {
    return rows.list("");
  }

  /// Returns the write that gives a new crate its owners. It belongs to the batch of the first
  /// version.
  ///
  /// @param by the person or program that creates the crate
  public Write first(CrateName name, List<CrateOwner> owners, String by, Instant at) {
    return rows.put(
        name.collisionKey(),
        new CrateOwners(
            CrateOwners.FORMAT,
            name.published(),
            owners.stream().map(each -> new OwnerEntry(each.text(), by, at)).toList()));
  }

  /// Changes the owners of a crate. The caller has checked the right to do so.
  ///
  /// @param by the person, for the ledger
  public OwnerResult change(OwnerOrder order, String by) {
    return change(List.of(order), by);
  }

  /// Changes the owners of a crate by several orders, all of them or none.
  ///
  /// @param orders orders for one crate; at least one
  /// @param by the person, for the ledger
  public OwnerResult change(List<OwnerOrder> orders, String by) {
    List<Wanted> wanted = new ArrayList<>();
    for (OwnerOrder order : orders) {
      try {
        wanted.add(wanted(order));
      } catch (MalformedException e) {
        return refused(String.valueOf(e.getMessage()));
      }
    }
    return store.serially(SCOPE, () -> changed(orders.getFirst().name(), wanted, by));
  }

  /// An order whose owners are known.
  ///
  /// @param order the order
  /// @param named its owners in their own spelling
  private record Wanted(OwnerOrder order, Set<CrateOwner> named) {}

  /// Looks up the owners of an order.
  ///
  /// @throws MalformedException if one is unknown, or if there are none or too many
  private Wanted wanted(OwnerOrder order) {
    if (order.owners().size() > CrateOwners.MAX_OWNERS) {
      throw new MalformedException(
          "cannot change the owners: expected at most %d at once, found %d"
              .formatted(CrateOwners.MAX_OWNERS, order.owners().size()));
    }
    Set<CrateOwner> named = new LinkedHashSet<>();
    for (String text : order.owners()) {
      CrateOwner owner = CrateOwner.parse(text);
      Optional<CrateOwner> known = people.known(owner);
      if (known.isEmpty() && order.adds()) {
        throw new MalformedException(
            "cannot add '%s': expected a person who signed in or holds a token, or group:NAME"
                .formatted(Excerpt.of(text)));
      }
      named.add(known.orElse(owner));
    }
    if (named.isEmpty()) {
      throw new MalformedException("cannot change the owners: expected one at least, found none");
    }
    return new Wanted(order, named);
  }

  private OwnerResult changed(CrateName name, List<Wanted> wanted, String by) {
    Optional<CrateOwners> found = find(name).or(() -> lost(name));
    if (found.isEmpty()) {
      return new OwnerResult.Refused(
          ErrorCode.UNKNOWN, "there is no crate %s in this registry".formatted(name.published()));
    }
    Instant now = clock.instant();
    CrateOwners owners = found.get();
    List<Write> writes = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    for (Wanted each : wanted) {
      CrateOwners after = after(owners, each, by, now);
      Optional<String> mistake = mistake(each.order(), each.named(), owners, after);
      if (mistake.isPresent()) {
        return refused(mistake.get());
      }
      String message = message(each.order(), each.named());
      messages.add(message);
      if (!after.equals(owners)) {
        writes.add(notice(name, by, message, now));
      }
      owners = after;
    }
    if (!writes.isEmpty()) {
      writes.add(put(owners, name));
      store.commit(Batch.synced(writes));
    }
    return new OwnerResult.Changed(String.join("; ", messages));
  }

  /// Returns the empty owners of a crate of this gate whose row was lost; empty for another crate.
  private Optional<CrateOwners> lost(CrateName name) {
    return new PublicationRows(store)
        .name(name)
        .filter(HostedName::isHere)
        .map(hosted -> new CrateOwners(CrateOwners.FORMAT, hosted.name().published(), List.of()));
  }

  private static CrateOwners after(CrateOwners before, Wanted wanted, String by, Instant now) {
    return wanted.order().adds()
        ? before.with(
            wanted.named().stream()
                .filter(each -> !before.has(each))
                .map(each -> new OwnerEntry(each.text(), by, now))
                .toList())
        : before.without(wanted.named());
  }

  private static Optional<String> mistake(
      OwnerOrder order, Set<CrateOwner> named, CrateOwners before, CrateOwners after) {
    String crate = order.name().published();
    if (after.owners().size() > CrateOwners.MAX_OWNERS) {
      return Optional.of(
          "cannot add owners to %s: expected at most %d, found %d"
              .formatted(crate, CrateOwners.MAX_OWNERS, after.owners().size()));
    }
    if (order.adds()) {
      return Optional.empty();
    }
    Optional<CrateOwner> absent = named.stream().filter(each -> !before.has(each)).findFirst();
    if (absent.isPresent()) {
      return Optional.of(
          "cannot remove '%s': expected an owner of %s, which are: %s"
              .formatted(absent.get().login(), crate, before.names()));
    }
    return after.owners().isEmpty()
        ? Optional.of("cannot remove the last owner of %s: add another one first".formatted(crate))
        : Optional.empty();
  }

  private static String message(OwnerOrder order, Set<CrateOwner> named) {
    String names = named.stream().map(CrateOwner::login).collect(Collectors.joining(", "));
    return order.adds()
        ? "%s added as an owner of crate %s".formatted(names, order.name().published())
        : "%s removed from the owners of crate %s".formatted(names, order.name().published());
  }

  /// Removes a person whose account is removed from all crates, so that the next account with the
  /// name owns none. A crate may have no owner after that; an administrator adds one.
  ///
  /// @param by the administrator
  /// @return the number of crates
  public int removePerson(String person, String by) {
    CrateOwner owner = CrateOwner.person(person);
    return store.serially(
        SCOPE,
        () -> {
          Instant now = clock.instant();
          List<Write> writes = new ArrayList<>();
          List<CrateOwners> owned = list().stream().filter(each -> each.has(owner)).toList();
          for (CrateOwners each : owned) {
            CrateName name = CrateName.parse(each.crate());
            String detail = "%s removed with the account".formatted(person);
            writes.add(put(each.without(List.of(owner)), name));
            writes.add(notice(name, by, detail, now));
          }
          if (!writes.isEmpty()) {
            store.commit(Batch.synced(writes));
          }
          return owned.size();
        });
  }

  private Write put(CrateOwners owners, CrateName name) {
    return rows.put(name.collisionKey(), owners);
  }

  private static Write notice(CrateName name, String by, String detail, Instant now) {
    return new Write.Append(new Notice(Notice.Kind.OWNERS_CHANGED, now, by, name, null, detail));
  }

  private static OwnerResult refused(String detail) {
    return new OwnerResult.Refused(ErrorCode.MALFORMED_INPUT, detail);
  }
}
