/**
 * Labs that work, from seeds, and single things to break in any lab: what the fault drill and the tests of "why not?" are made
 * of. Everything follows from the lab and the seed.
 */
package org.hopscope.model.fault;
