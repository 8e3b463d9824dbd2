"use strict";
const token = document.querySelector("meta[name=newsgauge]").content;
const message = document.getElementById("message");

async function read(name, body) {
  message.textContent = "Reading …";
  const answer = await fetch("/api/read?name=" + encodeURIComponent(name), {
    method: "POST",
    headers: { "x-newsgauge": token, "content-type": "application/octet-stream" },
    body,
  }).catch(() => null);
  if (!answer) message.textContent = "The program does not answer: is it still running?";
  else if (answer.status === 413) message.textContent = "The file is longer than 8 MiB.";
  else if (!answer.ok) message.textContent = await answer.text();
  else location.href = (await answer.json()).page;
}

document.getElementById("paste").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = document.getElementById("text").value;
  if (text.trim()) read("pasted.txt", text);
  else message.textContent = "There is no text yet.";
});
document.getElementById("file").addEventListener("change", (event) => {
  const file = event.target.files[0];
  if (file) read(file.name, file);
});
for (const kind of ["dragenter", "dragover"]) {
  addEventListener(kind, (event) => {
    event.preventDefault();
    document.body.classList.add("dropping");
  });
}
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("dropping");
});
addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  const file = event.dataTransfer.files[0];
  if (file) read(file.name, file);
});
