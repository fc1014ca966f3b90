package lazaret.bundle.attack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lazaret.bundle.BundleCode;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;

/// One way to attack with a good bundle of snapshot 2, and what must come of it.
///
/// @param number in `docs/bundle-attacks.md`
/// @param what is done
/// @param code with which the bundle is refused
/// @param says what the message holds: the file or version, and what was expected or found
/// @param kinds of bundles that it is done to
/// @param deed does it, before the bundle lies on a medium
/// @param spoil does more to the folder on the medium
/// @param forms as what it travels
/// @param seen by whom it is refused
record Trial(
    int number,
    String what,
    BundleCode code,
    String says,
    Set<SnapshotKind> kinds,
    Deed deed,
    Spoil spoil,
    Set<Form> forms,
    Seen seen) {
  /// Changes a bundle in hand.
  interface Deed {
    void on(Hands hands);
  }

  /// Changes a bundle's folder.
  interface Spoil {
    void on(Path folder) throws IOException;
  }

  /// As what a bundle travels.
  enum Form {
    FOLDER,
    SINGLE
  }

  /// Who refuses.
  enum Seen {
    /// The check without a store too.
    ANYWHERE,
    /// Only who has the state before.
    INSIDE
  }

  /// What an attacker works with.
  ///
  /// @param bundle in hand
  /// @param outside the stream that it is of
  /// @param kind of the bundle
  record Hands(Forgery bundle, TwoSnapshots outside, SnapshotKind kind) {
    /// What the bundle's tables are applied to.
    List<SnapshotCrate> base() {
      return kind == SnapshotKind.FULL ? List.of() : outside.crates(1);
    }
  }

  /// A trial of somebody who has the medium, on full and delta, as folder and single file.
  static Trial of(int number, String what, BundleCode code, String says, Deed deed) {
    return new Trial(
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

  /// A trial of somebody who has the keys: everything is signed again afterwards.
  static Trial signed(int number, String what, BundleCode code, String says, Deed deed) {
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

  Trial only(SnapshotKind first, SnapshotKind... more) {
    return new Trial(number, what, code, says, EnumSet.of(first, more), deed, spoil, forms, seen);
  }

  Trial inside() {
    return new Trial(number, what, code, says, kinds, deed, spoil, forms, Seen.INSIDE);
  }

  /// Only what a folder can be spoiled with.
  Trial spoiling(Spoil change) {
    return new Trial(number, what, code, says, kinds, deed, change, EnumSet.of(Form.FOLDER), seen);
  }

  @Override
  public String toString() {
    return number + " " + what;
  }
}
