// The button for a passkey is there only where the browser has passkeys; what goes wrong is said.

const button = document.getElementById("passkey_use");
if (button && window.PublicKeyCredential) {
  button.hidden = false;
  document.getElementById("passkey-unable").hidden = true;
  button.addEventListener("click", () => {
    document.getElementById("passkey-error").hidden = true;
  });
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-error").hidden = false;
});
