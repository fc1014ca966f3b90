package lazaret.vetting.hosting.manifest;

import java.util.List;
import lazaret.vetting.crates.CratesIo;

/// The addresses of indexes that a dependency may name: those of this registry, and that of the
/// public one. Two spellings of one address are equal: with and without `sparse+`, and with and
/// without a slash at the end.
///
/// @param own the addresses of this registry, today's and former ones
public record RegistryAddresses(List<String> own) {
  private static final String SPARSE = "sparse+";

  /// Copies the list in one spelling.
  public RegistryAddresses {
    own = own.stream().map(RegistryAddresses::spelled).toList();
  }

  /// Returns whether an address is one of this registry.
  public boolean isOwn(String address) {
    return own.contains(spelled(address));
  }

  /// Returns whether an address is that of the public registry.
  public static boolean isPublic(String address) {
    return CratesIo.isIndex(address) || CratesIo.isIndex(address + "/");
  }

  private static String spelled(String address) {
    String plain = address.startsWith(SPARSE) ? address.substring(SPARSE.length()) : address;
    return plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
  }
}
