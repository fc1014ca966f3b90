@NullMarked
package lazaret.vetting.hosting;

import org.jspecify.annotations.NullMarked;
