package lazaret.vetting.ledger;

import java.time.Instant;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// An event that is not a decision on a version: an observation of the gate or an act of an
/// administrator.
///
/// @param kind kind of the notice
/// @param at time of the event, by the gate's clock
/// @param by name of a token, or `gate`
/// @param name the crate concerned; null if there is none
/// @param version exact text of the version concerned; null if there is none
/// @param detail one sentence for a person, with the expected and the found state
public record Notice(
    Kind kind,
    Instant at,
    String by,
    @Nullable CrateName name,
    @Nullable String version,
    String detail)
    implements Event {

  /// The name of the gate as the originator of an event.
  public static final String GATE = "gate";

  /// The kinds of notices.
  public enum Kind implements Coded {
    /// An index line was omitted because cargo could bypass the gate with it.
    LINE_OMITTED("line-left-out", true),
    /// Upstream lists another SHA-256 for a stored version.
    CKSUM_CHANGED("cksum-changed", true),
    /// Upstream changed a stored line under the same SHA-256; the change was not accepted.
    LINE_CHANGED("line-changed", true),
    /// Stored versions are missing upstream; a second request decides.
    REMOVAL_UNCONFIRMED("removal-unconfirmed", true),
    /// Many crates vanished upstream; no version is withdrawn until a person confirms the removals.
    MASS_REMOVAL("mass-removal", true),
    /// Upstream again lists every crate that had vanished.
    MASS_REMOVAL_ENDED("mass-removal-ended", false),
    /// A person confirmed removals upstream.
    REMOVALS_CONFIRMED("removals-confirmed", false),
    /// Stored versions are gone upstream, as a second request or a person confirmed.
    GONE_UPSTREAM("gone-upstream", true),
    /// Versions that were missing, gone or changed are in their former state again.
    RETURNED_UPSTREAM("returned-upstream", false),
    /// Upstream yanked a version that was stored as not yanked.
    YANKED_UPSTREAM("yanked-upstream", false),
    /// Upstream undid a yank.
    UNYANKED_UPSTREAM("unyanked-upstream", false),
    /// Several good versions were yanked around a new publish, the pattern of a hijacked account.
    YANK_WAVE("yank-wave", true),
    /// Upstream sent bytes that do not have the SHA-256 of the index line.
    WRONG_BYTES("wrong-bytes", true),
    /// An archive violated the tar conformance rules.
    HOSTILE_ARCHIVE("hostile-archive", true),
    /// A stored artifact no longer had its SHA-256 and was dropped.
    CORRUPT_ARTIFACT("rotten-artefact", true),
    /// Two spellings of one crate name occurred.
    NAME_COLLISION("name-collision", true),
    /// A feed of advisories was added, changed or removed.
    FEED_CHANGED("feed-changed", false),
    /// New data gives a reason against a version that a client has.
    ADVISORY_APPLIES("advised-against", true),
    /// New data no longer gives a reason against a version that was withheld for it.
    ADVISORY_WITHDRAWN("advice-withdrawn", false),
    /// A served version is withheld from now on, without a decision or an advisory as the reason.
    VERSION_WITHDRAWN("version-withdrawn", true),
    /// A version that was served and then withheld is served again.
    VERSION_RELEASED("version-released", false),
    /// The policy or the mode changed.
    POLICY_CHANGED("policy-changed", false),
    /// A token was created.
    TOKEN_CREATED("token-created", false),
    /// A token was revoked.
    TOKEN_REVOKED("token-revoked", false),
    /// A person was removed, so that another account can have the name.
    PERSON_REMOVED("person-removed", false),
    /// A folder of another mirror was imported.
    IMPORTED("imported", false),
    /// A snapshot was made for another network.
    SNAPSHOT_MADE("snapshot-made", false),
    /// Another snapshot is served.
    SNAPSHOT_SERVED("snapshot-served", false),
    /// Two different bundles claim to contain the same snapshot.
    BUNDLE_FORK("bundle-fork", true),
    /// The store was restored from a backup.
    RESTORED("restored", false),
    /// A person accepted that acknowledged writes are missing from the store.
    LOSS_ACCEPTED("loss-accepted", true),
    /// A root of bundles is trusted from now on because a person vouched for it.
    ROOT_TRUSTED("root-trusted", false),
    /// A person permitted the import of an expired bundle.
    EXPIRY_WAIVED("expiry-waived", true),
    /// The record of a detonation of a version was filed.
    EVIDENCE_FILED("evidence-filed", false),
    /// An event was skipped because a webhook did not accept it for too long.
    WEBHOOK_GAVE_UP("webhook-gave-up", true),
    /// A person asked for a withheld version and gave a reason.
    REQUEST_MADE("request-made", false),
    /// A reviewer closed a request.
    REQUEST_CLOSED("request-closed", false),
    /// A reviewer opened a closed request again.
    REQUEST_REOPENED("request-reopened", false),
    /// A reviewer commented on a request.
    REQUEST_COMMENTED("request-commented", false),
    /// A request was assigned to a person.
    REQUEST_ASSIGNED("request-assigned", false),
    /// The assignment of a request was removed.
    REQUEST_UNASSIGNED("request-unassigned", false),
    /// A request of persons was settled by a decision, or closed by a reviewer.
    REQUEST_SETTLED("request-settled", false),
    /// Rules of retention removed artifacts.
    ARTIFACTS_REMOVED("artifacts-removed", false),
    /// Upstream no longer has the bytes of an artifact that retention removed.
    REFETCH_DIFFERS("refetch-differs", true),
    /// A version of a private crate was published.
    VERSION_PUBLISHED("version-published", false),
    /// A published version waits for a decision.
    VERSION_HELD("version-held", false),
    /// An owner yanked a version of a private crate.
    VERSION_YANKED_HERE("version-yanked-here", false),
    /// An owner undid a yank of a version of a private crate.
    VERSION_UNYANKED_HERE("version-unyanked-here", false),
    /// An administrator deleted a version of a private crate.
    VERSION_DELETED("version-deleted", true),
    /// The owners of a private crate changed.
    OWNERS_CHANGED("owners-changed", false),
    /// A request that would have revealed a private name was not sent.
    PRIVATE_NAME_STOPPED("private-name-stopped", true),
    /// The public registry has a crate with a private name.
    PRIVATE_NAME_PUBLIC("private-name-public", true),
    /// A public advisory names a private crate.
    PRIVATE_NAME_ADVISED("private-name-advised", true),
    /// A name that is stored as public is reserved for private crates now, or a public version
    /// lists the bytes of a private one.
    TWO_ORIGINS("two-origins", true),
    /// A toolchain was admitted.
    TOOLCHAIN_ADMITTED("toolchain-admitted", false),
    /// A commit of a Git repository was admitted.
    GIT_SOURCE_ADMITTED("git-source-admitted", false),
    /// The documentation of a version was built.
    DOCUMENTATION_BUILT("documentation-built", false),
    /// A signed inspection result was refused.
    RESULT_REFUSED("result-refused", true),
    /// A release of this program was imported with a bundle.
    PRODUCT_IMPORTED("product-imported", false),
    /// A lockfile has a private or reserved name with the public registry as its source.
    PRIVATE_NAME_IN_PUBLIC_SOURCE("private-name-in-public-source", true),
    /// The notices of one kind exceeded the daily limit of the ledger.
    NOTICES_LEFT_OUT("notices-left-out", true);

    private final String code;

    private final boolean alarm;

    Kind(String code, boolean alarm) {
      this.code = code;
      this.alarm = alarm;
    }

    /// Returns whether a person should look at notices of this kind.
    public boolean alarm() {
      return alarm;
    }

    /// Returns the kebab-case form, for example `line-left-out`.
    @Override
    public String code() {
      return code;
    }
  }
}
