package lazaret.bundle.attack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lazaret.bundle.BundleCode;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;

/// An attack with a valid bundle of snapshot 2, and the expected refusal.
///
/// @param number the number in `docs/bundle-attacks.md`
/// @param what the description of the attack
/// @param code the code of the refusal
/// @param says a text in the message: the file or version, or what was expected or found
/// @param kinds the kinds of bundles that it is tried with
/// @param deed the modification before the bundle is written to a medium
/// @param spoil the modification of the folder on the medium
/// @param forms the forms of transport
/// @param seen the programs that detect it
record AttackTrial(
    int number,
    String what,
    BundleCode code,
    String says,
    Set<SnapshotKind> kinds,
    Deed deed,
    Spoil spoil,
    Set<Form> forms,
    Seen seen) {
  /// A modification of a bundle in memory.
  interface Deed {
    void on(Hands hands);
  }

  /// A modification of the folder of a bundle.
  interface Spoil {
    void on(Path folder) throws IOException;
  }

  /// The form in which a bundle is transported.
  enum Form {
    FOLDER,
    SINGLE
  }

  /// The programs that detect an attack.
  enum Seen {
    /// The verification without a store too.
    ANYWHERE,
    /// Only a site with the earlier state.
    INSIDE
  }

  /// The bundle and its origin.
  ///
  /// @param bundle the bundle in memory
  /// @param outside the stream of the bundle
  /// @param kind the kind of the bundle
  record Hands(ForgedBundle bundle, SnapshotPair outside, SnapshotKind kind) {
    /// Returns the state that the tables of the bundle apply to.
    List<SnapshotCrate> base() {
      return kind == SnapshotKind.FULL ? List.of() : outside.crates(1);
    }
  }

  /// Returns a trial of an attacker with the medium, on full and delta, as folder and single file.
  static AttackTrial of(int number, String what, BundleCode code, String says, Deed deed) {
    return new AttackTrial(
        number,
        what,
        code,
        says,
        EnumSet.of(SnapshotKind.FULL, SnapshotKind.DELTA),
        deed,
        _ -> {},
        EnumSet.allOf(Form.class),
        Seen.ANYWHERE);
  }

  /// Returns a trial of an attacker with the keys: everything is signed again afterwards.
  static AttackTrial signed(int number, String what, BundleCode code, String says, Deed deed) {
    return of(
        number,
        what,
        code,
        says,
        hands -> {
          deed.on(hands);
          hands.bundle().sign();
        });
  }

  AttackTrial only(SnapshotKind first, SnapshotKind... more) {
    return new AttackTrial(
        number, what, code, says, EnumSet.of(first, more), deed, spoil, forms, seen);
  }

  AttackTrial inside() {
    return new AttackTrial(number, what, code, says, kinds, deed, spoil, forms, Seen.INSIDE);
  }

  /// Returns a trial that modifies the folder, without a single file.
  AttackTrial spoiling(Spoil change) {
    return new AttackTrial(
        number, what, code, says, kinds, deed, change, EnumSet.of(Form.FOLDER), seen);
  }

  @Override
  public String toString() {
    return number + " " + what;
  }
}
