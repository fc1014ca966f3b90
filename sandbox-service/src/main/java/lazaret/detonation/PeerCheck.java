package lazaret.detonation;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import lazaret.vetting.MalformedException;

/// The check of the user at the other end of a Unix socket, whom the kernel names. A user is
/// compared by number.
///
/// Source: unix(7), `SO_PEERCRED`.
public final class PeerCheck {
  private final Set<UserPrincipal> users;

  private PeerCheck(Set<UserPrincipal> users) {
    this.users = Set.copyOf(users);
  }

  /// Returns the check that accepts some users.
  ///
  /// @param names the names or numbers of the users, at least one
  /// @throws MalformedException if a user does not exist on this machine, or none is named
  public static PeerCheck of(List<String> names) {
    if (names.isEmpty()) {
      throw new MalformedException("cannot check clients: expected a user, found none");
    }
    Set<UserPrincipal> users = new HashSet<>();
    for (String name : names) {
      try {
        users.add(
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name));
      } catch (UserPrincipalNotFoundException e) {
        throw new MalformedException(
            "cannot find the user '%s' on this machine".formatted(name), e);
      } catch (IOException e) {
        throw new MalformedException("cannot look up the user '%s'".formatted(name), e);
      }
    }
    return new PeerCheck(users);
  }

  /// Returns the check of a client: root and the user of this process. systemd listens as root for
  /// the services that it starts at the first connection.
  static PeerCheck ofServers() throws IOException {
    Set<UserPrincipal> users = new HashSet<>();
    users.add(FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("0"));
    users.add(Files.getOwner(Path.of("/proc/self")));
    return new PeerCheck(users);
  }

  /// Returns whether the other end belongs to one of the users.
  boolean accepts(SocketChannel channel) throws IOException {
    return users.contains(peer(channel));
  }

  /// Returns the user at the other end.
  static UserPrincipal peer(SocketChannel channel) throws IOException {
    return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
  }
}
