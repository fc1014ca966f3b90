package lazaret.cli.desk;

import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/// The place where a gate is reached.
public sealed interface GateAddress {
  /// Returns the address as people read it.
  String shown();

  /// Returns scheme, host and port to build addresses of requests from, without a slash at the end.
  String base();

  /// A unix socket on this machine.
  ///
  /// @param path of the file
  /// @param owners the users of whom one must own the file and the server
  record Socket(Path path, Set<UserPrincipal> owners) implements GateAddress {
    /// Copies the set.
    public Socket {
      owners = Set.copyOf(owners);
    }

    @Override
    public String shown() {
      return "unix:" + path;
    }

    @Override
    public String base() {
      return "http://localhost";
    }
  }

  /// A server behind TCP.
  ///
  /// @param url scheme, host and port, without a slash at the end: `http://127.0.0.1:7080`
  record Web(String url) implements GateAddress {
    /// Returns whether TLS says who the server is.
    public boolean isSecure() {
      return url.startsWith("https:");
    }

    @Override
    public String shown() {
      return url;
    }

    @Override
    public String base() {
      return url;
    }
  }
}
