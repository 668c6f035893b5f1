/**
 * HTTP requests at the edge of a cluster: which Service an Ingress controller or a Gateway leads them to, and why. Nothing
 * here knows of packets: the controller is a pod that then opens a connection to a pod of that Service.
 */
package org.hopscope.model.kube.ingress;
