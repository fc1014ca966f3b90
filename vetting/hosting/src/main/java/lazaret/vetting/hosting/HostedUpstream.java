package lazaret.vetting.hosting;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.upstream.PublishHold;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.hosting.manifest.RegistryAddresses;
import lazaret.vetting.hosting.names.StoredNameOrigins;
import lazaret.vetting.hosting.record.HostedName;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.hosting.record.PublicationRows;
import lazaret.vetting.index.Validators;
import lazaret.vetting.origin.NameOrigin;
import org.jspecify.annotations.Nullable;

/// An upstream that answers for private and reserved names itself, from the rows of the store, and
/// passes public names on. No other name reaches the upstream behind it. Thread-safe; blocks.
public final class HostedUpstream implements Upstream {
  private static final int ABSENT = 404;
  private static final int MOST_OWNERS = 100_000;

  private final Upstream next;
  private final Store store;
  private final PublicationRows rows;
  private final StoredNameOrigins origins;

  /// The collision keys of the private crates whose bytes are stored, by SHA-256; empty for those
  /// of public ones. Stored bytes keep their crate.
  private final BoundedCache<Sha256, String> privateOwners =
      new BoundedCache<>(MOST_OWNERS, _ -> 1);

  private final RegistryAddresses addresses;

  private HostedUpstream(
      Upstream next, Store store, StoredNameOrigins origins, RegistryAddresses addresses) {
    this.addresses = addresses;
    this.next = next;
    this.store = store;
    this.rows = new PublicationRows(store);
    this.origins = origins;
  }

  /// Returns an upstream before another one. Closing it closes the other one.
  ///
  /// @param store the store of the gate, also while it serves a snapshot
  /// @param addresses the addresses of the private index
  public static Upstream before(
      Upstream next, Store store, StoredNameOrigins origins, RegistryAddresses addresses) {
    return new HostedUpstream(next, store, origins, addresses);
  }

  @Override
  public NameOrigin origin(CrateName name) {
    return origins.of(name);
  }

  @Override
  public NameOrigin confirmedOrigin(CrateName name) {
    return origins.confirmed(name);
  }

  @Override
  public String reservedBy(CrateName name) {
    return origins.reservedBy(name);
  }

  @Override
  public IndexResponse index(CrateName name, Validators known) {
    return switch (origins.of(name)) {
      case PUBLIC -> next.index(name, known);
      case RESERVED -> new IndexResponse.Absent(ABSENT);
      case PRIVATE -> hosted(name, known);
    };
  }

  private IndexResponse hosted(CrateName name, Validators known) {
    if (store.snapshots().head() != 0) {
      // The snapshot has the crate, or there is none. The upstream behind it is never asked, also
      // if the snapshot ends at this moment.
      return store.freshness(name).isPresent()
          ? new IndexResponse.NotModified()
          : new IndexResponse.Absent(ABSENT);
    }
    List<Publication> versions =
        rows.name(name).filter(HostedName::isHere).isPresent() ? rows.versions(name) : List.of();
    if (versions.isEmpty()) {
      return new IndexResponse.Absent(ABSENT);
    }
    Bytes file = PublicationRows.file(versions);
    Validators current = PublicationRows.validators(file);
    return current.equals(known)
        ? new IndexResponse.NotModified()
        : new IndexResponse.Fresh(file, current, NameOrigin.PRIVATE);
  }

  @Override
  public @Nullable Predicate<String> publicKeys(String part) {
    return origins.publicKeys(part);
  }

  @Override
  public Map<String, PublishHold> holds(CrateName name) {
    return origins.of(name) == NameOrigin.PRIVATE
        ? PublicationRows.holds(rows.versions(name))
        : Map.of();
  }

  @Override
  public ArtifactResponse artifact(CrateId id) {
    // The store has the bytes of a private version, or nobody has.
    return origins.of(id.name()) == NameOrigin.PUBLIC
        ? next.artifact(id)
        : new ArtifactResponse.Absent(ABSENT);
  }

  @Override
  public boolean isPrivateIndex(String address) {
    return addresses.isOwn(address);
  }

  @Override
  public boolean isForeign(CrateName name, Sha256 cksum) {
    if (!origins.canBePrivate()) {
      return false;
    }
    String owner = privateOwners.get(cksum);
    if (owner == null) {
      CrateName holder = holder(cksum);
      if (holder == null) {
        return false;
      }
      owner = origins.confirmed(holder) == NameOrigin.PUBLIC ? "" : holder.collisionKey();
      privateOwners.put(cksum, owner);
    }
    return !owner.isEmpty() && !owner.equals(name.collisionKey());
  }

  /// Returns the crate of stored bytes, or null if there are none. A damaged record counts as none:
  /// the next read of the bytes drops them.
  private @Nullable CrateName holder(Sha256 cksum) {
    try {
      return store.artifactId(cksum).map(CrateId::name).orElse(null);
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_CORRUPT) {
        throw e;
      }
      return null;
    }
  }

  @Override
  public int requestsPerSecond() {
    return next.requestsPerSecond();
  }

  @Override
  public String describe() {
    return next.describe();
  }

  @Override
  public void close() {
    next.close();
  }
}
