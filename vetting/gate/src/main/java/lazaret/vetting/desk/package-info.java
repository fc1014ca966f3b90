/// The gate with its functions for cargo, the desk with its functions for people, and the ports
/// that both need ([Store], [Upstream]).
@NullMarked
package lazaret.vetting.desk;

import org.jspecify.annotations.NullMarked;
