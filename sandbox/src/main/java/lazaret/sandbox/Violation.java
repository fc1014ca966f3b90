package lazaret.sandbox;

import java.util.List;
import java.util.Optional;

/// Something that was tried inside and denied, or an alarm that went off.
///
/// All texts but `rule` and `allow` come from inside and are not neutralised.
///
/// @param resource what was reached for: `203.0.113.7:443`, `~/.ssh/id_ed25519`, `AF_VSOCK`
/// @param origin who did it, as far as can be told
/// @param count how often
/// @param rule what denied it, in the words of the documentation, for example `sealed: no sockets`
/// @param allow how to allow it, or that it cannot be allowed
public record Violation(
    Kind kind, String resource, Origin origin, int count, String rule, String allow) {
  /// Checks the count.
  public Violation {
    if (count < 1) {
      throw new IllegalArgumentException("a violation that happened " + count + " times");
    }
  }

  /// What kind of access it was.
  public enum Kind {
    /// A connection or a datagram.
    CONNECT,
    /// A socket of a family that is not there.
    SOCKET,
    /// The kernel's keyring.
    KEYRING,
    /// Another process: its memory, its descriptors.
    TRACE,
    /// A part of the kernel that builds do not need: bpf, io_uring, namespaces, mounts.
    KERNEL,
    /// A decoy credential was opened.
    DECOY_OPENED,
    /// The value of a decoy credential showed up in output or in traffic.
    DECOY_VALUE,
    /// A change of the project's files.
    WRITE_ATTEMPT,
    /// A limit was reached.
    LIMIT,
    /// The gate refused a request of a build.
    GATE_REFUSAL
  }

  /// Who did it. The crate is a claim, read from the environment of the process, which can forge
  /// it; the program is what the kernel says.
  ///
  /// @param crate the name of the crate whose code it was; empty where none is claimed
  /// @param version of that crate
  /// @param program the executable's path inside; empty where it cannot be told
  /// @param candidates where procedural macros ran inside rustc: the crates that it could have
  ///   been, as `name version`
  public record Origin(
      Optional<String> crate,
      Optional<String> version,
      Optional<String> program,
      List<String> candidates) {
    /// Nobody in particular.
    public static final Origin UNKNOWN =
        new Origin(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    /// Copies the list.
    public Origin {
      candidates = List.copyOf(candidates);
    }
  }
}
