package lazaret.vetting.hosting.owners;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;

/// The rights of callers over private crates. A scope of the token must cover the crate, and the
/// holder must be an owner. For a CI job, the binding takes the place of the second. Both are
/// checked at each call. Thread-safe; blocks.
public final class OwnerRights {
  /// The beginning of the name of a CI binding as the owner of tokens.
  static final String JOB = "ci:";

  private static final String GROUP = CrateOwner.Kind.GROUP.code() + ':';
  private static final RoleGrants ACTING =
      RoleGrants.of(DeskRole.PUBLISH_NEW, DeskRole.PUBLISH_UPDATE, DeskRole.YANK);

  private final OwnerService owners;
  private final OwnerLookup people;
  private final Map<String, List<CrateOwner>> created;

  /// Creates the check.
  ///
  /// @param created the owners of the crates that jobs create, by the name of their binding
  public OwnerRights(
      OwnerService owners, OwnerLookup people, Map<String, List<CrateOwner>> created) {
    this.owners = owners;
    this.people = people;
    this.created = Map.copyOf(created);
  }

  /// Returns whether a caller is a CI job with a token that was exchanged.
  public static boolean isJob(Caller by) {
    return by.method() == SignInMethod.EXCHANGE && by.owner().startsWith(JOB);
  }

  /// Returns a caller that publishes and yanks for an owner, by the order of an administrator.
  ///
  /// @param owner a known person or group
  public static Caller actingFor(CrateOwner owner, Caller administrator) {
    boolean group = owner.kind() == CrateOwner.Kind.GROUP;
    return new Caller(
        administrator.name(),
        owner.login(),
        ACTING,
        group ? SignInMethod.LOCAL : SignInMethod.TOKEN,
        null,
        administrator.address());
  }

  /// Returns whether a caller is a group. Only [#actingFor] makes such a caller: the owner of any
  /// other local one begins with `local:`.
  private static boolean isGroup(Caller by) {
    return by.method() == SignInMethod.LOCAL && by.owner().startsWith(GROUP);
  }

  /// Returns why a caller may not act on a crate that exists; empty if it may.
  ///
  /// @param scope the scope of the act
  public Optional<String> refusal(Caller by, DeskRole scope, CrateName name) {
    return lacks(by, scope, name).or(() -> notOwner(by, scope, name));
  }

  /// Returns why a caller may not create a crate; empty if it may.
  public Optional<String> refusalOfNew(Caller by, CrateName name) {
    return lacks(by, DeskRole.PUBLISH_NEW, name)
        .or(
            () ->
                firstOwners(by).isEmpty()
                    ? Optional.of(
                        "%s cannot create %s: its binding names no owners of new crates"
                            .formatted(by.owner(), name.published()))
                    : Optional.empty());
  }

  private static Optional<String> lacks(Caller by, DeskRole scope, CrateName name) {
    return by.roles().permits(scope, name)
        ? Optional.empty()
        : Optional.of(
            "the token '%s' lacks the scope %s for %s; its roles are: %s"
                .formatted(by.name(), scope.code(), name.published(), by.roles()));
  }

  private Optional<String> notOwner(Caller by, DeskRole scope, CrateName name) {
    if (isJob(by)) {
      return scope == DeskRole.CHANGE_OWNERS
          ? Optional.of("a CI job cannot change the owners of " + name.published())
          : Optional.empty();
    }
    CrateOwners all = owners.find(name).orElse(null);
    if (all == null) {
      return Optional.of(
          "%s has no owners here; an administrator adds one: 'vetting-cli private owner %s --add NAME'"
              .formatted(name.published(), name.published()));
    }
    boolean owns =
        scope == DeskRole.CHANGE_OWNERS
            ? all.has(CrateOwner.person(by.owner()))
            : isOneOf(by, all.owners().stream().map(OwnerEntry::owner).toList());
    return owns
        ? Optional.empty()
        : Optional.of(
            "%s is not %s of %s; its owners are: %s"
                .formatted(
                    by.owner(),
                    scope == DeskRole.CHANGE_OWNERS ? "an owner as a person" : "an owner",
                    name.published(),
                    all.names()));
  }

  /// Returns whether a caller is one of some owners, or a member of one of their groups.
  ///
  /// @param texts forms of [CrateOwner#text], or `ci:` and the name of a binding
  public boolean isOneOf(Caller by, Collection<String> texts) {
    if (isJob(by) || isGroup(by)) {
      return texts.contains(by.owner());
    }
    return texts.contains(CrateOwner.person(by.owner()).text())
        || people.groupsOf(by.owner()).stream()
            .map(group -> new CrateOwner(CrateOwner.Kind.GROUP, group).text())
            .anyMatch(texts::contains);
  }

  /// Returns the owners of a crate that a caller creates; empty if its binding names none.
  public List<CrateOwner> firstOwners(Caller by) {
    if (isJob(by)) {
      return created.getOrDefault(by.owner().substring(JOB.length()), List.of());
    }
    return List.of(isGroup(by) ? CrateOwner.parse(by.owner()) : CrateOwner.person(by.owner()));
  }
}
