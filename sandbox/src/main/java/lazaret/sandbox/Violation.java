package lazaret.sandbox;

import java.util.List;
import java.util.Optional;

/// A denied attempt or an alarm of a command in the sandbox.
///
/// All texts except `rule` and `allow` come from the sandbox and may contain control characters.
///
/// @param kind the kind of access
/// @param resource the object of the access: `203.0.113.7:443`, `~/.ssh/id_ed25519`, `AF_VSOCK`
/// @param origin the origin of the access, as far as it can be determined
/// @param count the number of times
/// @param rule the rule that denied it, as worded in the documentation, for example `sealed: no
///   sockets`
/// @param allow the way to allow it, or a statement that it cannot be allowed
public record Violation(
    Kind kind, String resource, Origin origin, int count, String rule, String allow) {
  /// Checks the count.
  public Violation {
    if (count < 1) {
      throw new IllegalArgumentException("a violation that happened " + count + " times");
    }
  }

  /// The kind of access.
  public enum Kind {
    /// A connection or a datagram.
    CONNECT,
    /// A socket of an unavailable family.
    SOCKET,
    /// The keyring of the kernel.
    KEYRING,
    /// The memory or the descriptors of another process.
    TRACE,
    /// A kernel interface that builds do not need: bpf, io_uring, namespaces, mounts.
    KERNEL,
    /// The opening of a decoy credential.
    DECOY_OPENED,
    /// The value of a decoy credential in output or in traffic.
    DECOY_VALUE,
    /// A change of the files of the project.
    WRITE_ATTEMPT,
    /// An exceeded limit.
    LIMIT,
    /// A request of a build that the gate refused.
    GATE_REFUSAL
  }

  /// The origin of an access. The kernel reports the program. The crate is read from the
  /// environment of the process, which the process can forge.
  ///
  /// @param crate the name of the crate whose code it was, or empty
  /// @param version the version of that crate, or empty
  /// @param program the path of the executable in the sandbox, or empty if it is unknown
  /// @param candidates the possible crates, as `name version`, if procedural macros ran in rustc
  public record Origin(
      Optional<String> crate,
      Optional<String> version,
      Optional<String> program,
      List<String> candidates) {
    /// An unknown origin.
    public static final Origin UNKNOWN =
        new Origin(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    /// Copies the list.
    public Origin {
      candidates = List.copyOf(candidates);
    }
  }
}
