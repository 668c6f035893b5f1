/** Who reaches whom in a lab as it is, and what an edit changed of it. Nothing is kept of the probes but whether they succeed. */
package org.hopscope.model.reach;
