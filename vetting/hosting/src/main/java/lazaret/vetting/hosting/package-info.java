/// The services of the private registry.
@NullMarked
package lazaret.vetting.hosting;

import org.jspecify.annotations.NullMarked;
