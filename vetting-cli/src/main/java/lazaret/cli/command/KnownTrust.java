package lazaret.cli.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.importing.HighWaterMark;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.Roles;
import lazaret.cli.desk.InProcessTransport;
import lazaret.vetting.Bytes;
import lazaret.vetting.deskapi.BundleOperations;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.bundles.TrustReply;
import lazaret.vetting.deskapi.client.DeskClient;
import org.jspecify.annotations.Nullable;

/// The trust in bundles of one store.
///
/// @param root the file of the newest trusted root
/// @param clockFloor the creation time of the newest bundle, or null before the first import
/// @param highWaterMark the line that the last import printed, or null before the first import
/// @param where the server or store with this trust, for messages
public record KnownTrust(
    Bytes root, @Nullable Instant clockFloor, @Nullable String highWaterMark, String where) {
  /// Requests the trust from a server.
  ///
  /// @throws BundleException `trust-unusable` if no root is trusted
  public static KnownTrust of(DeskClient desk) {
    TrustReply trust =
        desk.call(BundleOperations.TRUST, new EmptyRequest(), "cannot read the trust");
    if (trust.root() == null) {
      throw none(desk.where());
    }
    return new KnownTrust(
        Bytes.utf8(trust.root()), trust.clockFloor(), trust.highWater(), desk.where());
  }

  /// Reads the trust from a store that is not open in a server.
  ///
  /// @throws lazaret.vetting.LazaretException if the store cannot be opened, or if no root is
  ///   trusted
  public static KnownTrust of(Path folder, CliEnvironment around) {
    String where = "the store in " + folder;
    try (var store = InProcessTransport.store(folder, around.clock(), around.environment())) {
      var trust = new StoredTrust(store);
      Bytes root = trust.read(Roles.ROOT).orElseThrow(() -> none(where));
      Instant floor = trust.clockFloor();
      Optional<HighWaterMark> mark = HighWaterMark.read(HighWaterMark.beside(folder));
      return new KnownTrust(
          root,
          floor.isAfter(Instant.EPOCH) ? floor : null,
          mark.map(HighWaterMark::line).orElse(null),
          where);
    }
  }

  private static BundleException none(String where) {
    return new BundleException(
        BundleCode.TRUST_UNUSABLE,
        "cannot read the trust of %s: no root is trusted; run 'vetting-cli trust init --root FILE --fingerprint WORDS' first"
            .formatted(where));
  }
}
