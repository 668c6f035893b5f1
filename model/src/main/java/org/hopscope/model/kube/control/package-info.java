/**
 * The control plane: what the API server, the controllers and the scheduler make of the objects that are there. Pure
 * functions from cluster to cluster; nothing here knows of Linux.
 */
package org.hopscope.model.kube.control;
