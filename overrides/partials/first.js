try{let s=localStorage.getItem("scheme");if(s)document.documentElement.dataset.scheme=s}catch{}
