package lazaret.toolchain.manifest;

/// A package of a toolchain for a target.
///
/// @param name the name of the package, such as `rust-std`
/// @param target the triple, or [#ANY] if the files are the same for all
public record ToolchainComponent(String name, String target) {
  /// The target of components whose files are the same for all targets.
  public static final String ANY = "*";

  /// Returns the form for people: `rust-std for x86_64-unknown-linux-gnu`.
  @Override
  public String toString() {
    return target.equals(ANY) ? name : name + " for " + target;
  }
}
