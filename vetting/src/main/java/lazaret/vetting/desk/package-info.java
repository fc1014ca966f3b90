/// The application: the gate that answers cargo, the desk where people decide, and the ports that
/// both need ([Store], [Upstream]).
@NullMarked
package lazaret.vetting.desk;

import org.jspecify.annotations.NullMarked;
