package lazaret.vetting.ledger;

import java.time.Instant;
import java.util.Locale;
import lazaret.vetting.crates.CrateName;
import org.jspecify.annotations.Nullable;

/// Something the gate noticed or an administrator did that is not a decision on a version.
///
/// @param kind what it was
/// @param at when, by the gate's clock
/// @param by a token's name, or `gate`
/// @param name the crate concerned; null where none is
/// @param version the exact version text concerned; null where none is
/// @param detail one sentence for a person: what was expected, what was found
public record Notice(
    Kind kind,
    Instant at,
    String by,
    @Nullable CrateName name,
    @Nullable String version,
    String detail)
    implements Event {

  /// The name under which the gate itself acts.
  public static final String GATE = "gate";

  /// What can be noticed.
  public enum Kind {
    /// An index line was left out: relayed, it could lead cargo round the gate.
    LINE_LEFT_OUT(true),
    /// Upstream names another SHA-256 for a version that is held.
    CKSUM_CHANGED(true),
    /// Upstream changed what a held line says under the same SHA-256; it was not taken over.
    LINE_CHANGED(true),
    /// Versions that are held are missing upstream; a second request decides.
    REMOVAL_UNCONFIRMED(true),
    /// So many crates vanished upstream that nothing is withdrawn until a person confirms it.
    MASS_REMOVAL(true),
    /// Upstream lists again every crate that had vanished.
    MASS_REMOVAL_ENDED(false),
    /// A person confirmed removals upstream.
    REMOVALS_CONFIRMED(false),
    /// Versions that are held are gone upstream; a second request or a person confirmed it.
    GONE_UPSTREAM(true),
    /// Versions that were missing, gone or changed are back as they were.
    RETURNED_UPSTREAM(false),
    /// Upstream yanked a version that was held as not yanked.
    YANKED_UPSTREAM(false),
    /// Upstream took a yank back.
    UNYANKED_UPSTREAM(false),
    /// Several good versions were yanked around a new publish: the pattern of a hijacked account.
    YANK_WAVE(true),
    /// Upstream sent bytes that do not have the SHA-256 of the index line.
    WRONG_BYTES(true),
    /// An archive broke the tar conformance rules.
    HOSTILE_ARCHIVE(true),
    /// Stored bytes no longer had their SHA-256 and were dropped.
    ROTTEN_ARTEFACT(true),
    /// Two spellings of one name met.
    NAME_COLLISION(true),
    /// A feed of advisories was taken, changed or taken away.
    FEED_CHANGED(false),
    /// New data speaks against a version that somebody has.
    ADVISED_AGAINST(true),
    /// New data no longer speaks against a version that was withheld for it.
    ADVICE_WITHDRAWN(false),
    /// A version that was served is withheld from now on, by no decision and for no advisory.
    VERSION_WITHDRAWN(true),
    /// A version that was served once and then withheld is served again.
    VERSION_RELEASED(false),
    /// Policy or mode changed.
    POLICY_CHANGED(false),
    /// A token was made.
    TOKEN_CREATED(false),
    /// A token was taken back.
    TOKEN_REVOKED(false),
    /// A folder of another mirror was taken over.
    IMPORTED(false),
    /// A snapshot was made for another network.
    SNAPSHOT_MADE(false),
    /// Another snapshot is served.
    SNAPSHOT_SERVED(false),
    /// Two different bundles claim to bring the same snapshot.
    BUNDLE_FORK(true),
    /// The store was brought back from a backup.
    RESTORED(false),
    /// A person accepted that acknowledged writes are missing from the store.
    LOSS_ACCEPTED(true),
    /// A root of bundles is trusted from now on, because a person vouched for it.
    ROOT_TRUSTED(false),
    /// A person says that a bundle may come in although it has expired.
    EXPIRY_WAIVED(true),
    /// What a version did when it was built alone in the sandbox was filed.
    EVIDENCE_FILED(false),
    /// An event was not taken by a webhook for so long that it was skipped.
    WEBHOOK_GAVE_UP(true),
    /// A person asked for a withheld version and gave a reason.
    REQUEST_MADE(false),
    /// A reviewer closed a request.
    REQUEST_CLOSED(false),
    /// A reviewer opened a closed request again.
    REQUEST_REOPENED(false),
    /// A reviewer commented on a request.
    REQUEST_COMMENTED(false),
    /// A request was assigned to a person.
    REQUEST_ASSIGNED(false),
    /// The assignment of a request was removed.
    REQUEST_UNASSIGNED(false),
    /// Notices of one kind were more in a day than the ledger takes.
    NOTICES_LEFT_OUT(true);

    private final boolean alarm;

    Kind(boolean alarm) {
      this.alarm = alarm;
    }

    /// Tells whether a person should look at it.
    public boolean alarm() {
      return alarm;
    }

    /// Returns the kebab-case form, for example `line-left-out`.
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
